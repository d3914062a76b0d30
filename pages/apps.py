from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "pages"

    def ready(self) -> None:
        from pages import menu
        from people import kept

        menu.register(menu.Door("Meet-ups", "meetups:list", "Find the next meet-up and sign up in under a minute"))
        menu.register(menu.Door("Networked councillors", "networking:about", "See what is next in your cohort"))
        menu.register(menu.Door("UnMentoring", "unmentoring:about", "Meet somebody new for a chat once a month"))
        menu.register(
            menu.Door(
                "Listening", "evidence:home", "See what committees listen for, and help them hear what residents say"
            )
        )
        kept.explain("pages.PageVersion", because="who saved a page, for its versions; nameless once they leave")
