import pytest

# Where what is shared by tests asserts, pytest tells what was different there as well.
pytest.register_assert_rewrite("tests.browser.paid.story")
