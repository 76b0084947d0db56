"""The extra `sso`: sign-in through the organisation's OpenID Connect, and a second step with a code (TOTP).

Only imported when django-allauth is installed (`requirements-sso.txt`); without it the portal is whole.
"""
