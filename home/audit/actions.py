"""What may happen, as codes that are kept and words that are shown."""

OPENED, OPENED_BY_EDITOR, DOWNLOADED, EXPORTED = "opened", "opened_by_editor", "downloaded", "exported"
CREATED, EDITED, PUBLISHED, SCHEDULED = "created", "edited", "published", "scheduled"
UNPUBLISHED, DELETED, MOVED, RENAMED, COPIED = "unpublished", "deleted", "moved", "renamed", "copied"
AUDIENCE_CHANGED, WORKFLOW, LOCKED_FOR_EDITING = "audience_changed", "workflow", "locked"
CONSENT_WITHDRAWN, ANONYMISED = "consent_withdrawn", "anonymised"
FILE_ADDED, FILE_CHANGED, FILE_REPLACED, FILE_DELETED = "file_added", "file_changed", "file_replaced", "file_deleted"
ACCOUNT_CREATED, ACCOUNT_CHANGED, ACCOUNT_DELETED = "account_created", "account_changed", "account_deleted"
ACCOUNT_DISABLED, ACCOUNT_ENABLED, PASSWORD_CHANGED = "account_disabled", "account_enabled", "password_changed"
ROLE_GIVEN, ROLE_TAKEN, ROLE_CHANGED = "role_given", "role_taken", "role_changed"
MEMBERSHIP_CHANGED = "membership_changed"
SIGNED_IN, SIGNED_OUT, SIGN_IN_FAILED, SIGN_IN_LOCKED = "signed_in", "signed_out", "sign_in_failed", "sign_in_locked"
SECRET_REFUSED = "secret_refused"
AUDIT_OPENED, AUDIT_EXPORTED, AUDIT_PRUNED = "audit_opened", "audit_exported", "audit_pruned"
AUDIT_ACCEPTED, AUDIT_DAMAGED, AUDIT_ANCHORED = "audit_accepted", "audit_damaged", "audit_anchored"
OTHER = "other"

LABELS = {
    OPENED: "Mở trang nội bộ",
    OPENED_BY_EDITOR: "Mở trong phần quản trị",
    DOWNLOADED: "Tải tệp nội bộ",
    EXPORTED: "Xuất danh sách",
    CREATED: "Tạo mới",
    EDITED: "Sửa bản nháp",
    PUBLISHED: "Đăng",
    SCHEDULED: "Hẹn giờ đăng",
    UNPUBLISHED: "Gỡ xuống",
    DELETED: "Xóa",
    MOVED: "Chuyển chỗ",
    RENAMED: "Đổi tên",
    COPIED: "Nhân bản",
    AUDIENCE_CHANGED: "Đổi phạm vi công khai",
    WORKFLOW: "Trình duyệt, duyệt",
    LOCKED_FOR_EDITING: "Khóa, mở khóa trang",
    CONSENT_WITHDRAWN: "Rút lại đồng ý",
    ANONYMISED: "Ẩn danh",
    FILE_ADDED: "Tải tệp lên",
    FILE_CHANGED: "Sửa thông tin tệp",
    FILE_REPLACED: "Thay tệp",
    FILE_DELETED: "Xóa tệp",
    ACCOUNT_CREATED: "Tạo tài khoản",
    ACCOUNT_CHANGED: "Sửa tài khoản",
    ACCOUNT_DELETED: "Xóa tài khoản",
    ACCOUNT_DISABLED: "Khóa tài khoản",
    ACCOUNT_ENABLED: "Mở lại tài khoản",
    PASSWORD_CHANGED: "Đổi mật khẩu",
    ROLE_GIVEN: "Giao vai trò",
    ROLE_TAKEN: "Thôi vai trò",
    ROLE_CHANGED: "Đổi quyền của vai trò",
    MEMBERSHIP_CHANGED: "Đổi nhân sự của đơn vị",
    SIGNED_IN: "Đăng nhập",
    SIGNED_OUT: "Đăng xuất",
    SIGN_IN_FAILED: "Đăng nhập không thành công",
    SIGN_IN_LOCKED: "Bị khóa đăng nhập tạm thời",
    SECRET_REFUSED: "Từ chối tệp có dấu độ mật",
    AUDIT_OPENED: "Xem nhật ký",
    AUDIT_EXPORTED: "Xuất nhật ký",
    AUDIT_PRUNED: "Xóa phần nhật ký quá hạn",
    AUDIT_ACCEPTED: "Chấp nhận trạng thái nhật ký",
    AUDIT_DAMAGED: "Sự kiện chờ ghi bị hỏng",
    AUDIT_ANCHORED: "Lập mốc đầu tiên của nhật ký",
    OTHER: "Việc khác",
}

#: Wagtail's own words for what is done to pages; what is not here is "other" with Wagtail's word in the detail.
OF_WAGTAIL = {
    "wagtail.create": CREATED,
    "wagtail.edit": EDITED,
    "wagtail.revert": EDITED,
    "wagtail.publish": PUBLISHED,
    "wagtail.publish.scheduled": PUBLISHED,
    "wagtail.publish.schedule": SCHEDULED,
    "wagtail.schedule.cancel": SCHEDULED,
    "wagtail.unpublish": UNPUBLISHED,
    "wagtail.unpublish.scheduled": UNPUBLISHED,
    "wagtail.delete": DELETED,
    "wagtail.move": MOVED,
    "wagtail.reorder": MOVED,
    "wagtail.rename": RENAMED,
    "wagtail.copy": COPIED,
    "wagtail.lock": LOCKED_FOR_EDITING,
    "wagtail.unlock": LOCKED_FOR_EDITING,
    "news.consent_withdrawn": CONSENT_WITHDRAWN,
    "news.anonymised": ANONYMISED,
}
#: How many events the same person has at most, within `AUDIT_REPEAT_MINUTES`, about the same thing: what is opened
#: again is not told again, and whoever guesses passwords does not fill the log.
MOST_IN_A_WHILE = {
    OPENED: 1,
    OPENED_BY_EDITOR: 1,
    DOWNLOADED: 1,
    AUDIT_OPENED: 1,
    SIGN_IN_LOCKED: 1,
    SIGN_IN_FAILED: 10,
}


def action_of(word: str) -> str:
    """Our code for Wagtail's word, e.g. `action_of("wagtail.publish")` is "published"."""
    return OF_WAGTAIL.get(word, WORKFLOW if word.startswith("wagtail.workflow.") else OTHER)
