from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm
class PortalImageForm(BaseImageForm): pass
class PortalDocumentForm(BaseDocumentForm): pass
