"""What PostgreSQL's own parser says about statements, for tests only.

pglast is under the GPL: nothing that is shipped imports it, and tests import this package only where it is there.
"""
