"""The fixed floor: what Django costs before anybody adds anything.

One form, three middleware, one raw INSERT, a page that says thank you. It must never be made
faster or slower: every ratio hangs on it.
"""
