"""Breakout rooms of a meet-up as rows: who is here, the plan, changes by hand, what is shown and handed out."""
