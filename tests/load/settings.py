"""The settings of the site, with the trivial page beside the real ones."""

from config.settings import *

ROOT_URLCONF = "tests.load.urls"
