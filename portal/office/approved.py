"""What the end of the approval workflow does. Wagtail imports this while its models load: no imports here."""


def publish_approved(workflow_state, user=None) -> None:
    """Publish the newest revision, or schedule it for its hour. Approval is the permission to publish."""
    workflow_state.content_object.get_latest_revision().publish(user=user, skip_permission_checks=True)
