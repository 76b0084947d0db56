"""Words of other languages that people type into Vietnamese queries."""

_WORD_LIST = """
admin air album android app apps art arts as at banner bans bar bars bee been best bitcoin blockchain blog boast
bonus book boost boot born bow box brown bus buses business camera cans car carbon cars casino cast chaos char
chat chatbot chip chips city clip close cloud club code computer container cops cost costs covid cow cups dad
dashboard data database days deep def demos dens did dir docs docx door doors dots down draw drone dust ear eco
email energy excel facebook fan fanpage fans far fax fee feedback feet file files fix fonts food for forest form
forms forum game games gas gen gene gens ghost gis google gps green guns hardware has hasn hens her here hers
hex his homestay honor host hosts hot hotel hotline how html if inbox index internet iot ipad iphone is isn
items its just karaoke keen keep kit laptop laptops last law laws leader lens link linux list lists livestream
loans login logistics logo logos logout loop loops lost lots low manager mans maps marketing mask max means meet
meeting meets memos mens menu menus microsoft mist mix mobile mom moon most must names need nest new news noon
nor now nuns of office offline oil online open or otp our ours own pans par passport password past pcr pdf pens
per phone photo photos pin pins plan plans podcast points poor pops portal ports post poster posts powerpoint
printer pro project protein pub puns radio rating raw ref report reset resort rest review robot room rooms root
row rows rtk runs rust sales saw says scan see seem seen sees seminar sensor server sex ships shop show sim six
slide slogan smart smartphone sms software solar songs sons soon spa sports start startup status stop straw
stream sys taps tax taxi team teams tee teen teens telex tens term terms test tests text texts them theme there
these this thus tiktok tips toast tons too top tops tour tow town tracking training tree trees two units us usb
user vaccin vaccine vans var vary vest video videos views virus visa vneid war was web website were where wifi
wind windows word workshop wrong youtube zalo zoom
"""

#: Those that a slip of the keyboard or a key of Telex could also have made; they stay as typed.
FOREIGN_WORDS = frozenset(_WORD_LIST.split())
