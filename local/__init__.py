"""What script/ runs on a machine of your own: never imported by the site itself."""
