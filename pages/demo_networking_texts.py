"""Who is in the demonstration cohort and what they say. Invented persons at real councils, addresses for examples."""

# name, council, where, days, {skill: (now, wanted)}
COUNCILLORS = [
    ("Carl Mendes", "Ipswich Borough Council", "Ipswich", ["mon", "thu"],
     {"facebook": (1, 2), "conflict": (0, 2), "workflow": (0, 1)}),
    ("Bea Tomlin", "Suffolk County Council", "Haverhill", ["tue", "wed"],
     {"video-and-pictures": (0, 2), "blogging": (1, 2)}),
    ("Deshi Rao", "West Suffolk Council", "Bury St Edmunds", ["wed", "fri"],
     {"linkedin": (0, 2), "curation": (0, 1), "measuring-reach": (0, 2)}),
    ("Edith Farrow", "East Suffolk Council", "Lowestoft", ["mon", "weekend"],
     {"facebook": (0, 1), "accessibility": (0, 2), "conflict": (0, 1)}),
    ("Finn Abara", "Babergh District Council", "Sudbury", ["tue", "thu"],
     {"network-mapping": (0, 3), "online-consultation": (0, 2)}),
    ("Greta Holm", "Mid Suffolk District Council", "Stowmarket", ["thu"],
     {"whatsapp": (1, 2), "nextdoor": (0, 2), "conflict": (1, 3)}),
    ("Harun Yildiz", "Ipswich Borough Council", "Ipswich", ["mon", "tue", "weekend"],
     {"instagram": (0, 2), "video-and-pictures": (1, 3)}),
    ("Ines Calder", "Suffolk County Council", "Woodbridge", ["wed"],
     {"blogging": (2, 3), "curation": (1, 2), "elections-and-conduct": (1, 2)}),
    ("Jonah Pike", "East Suffolk Council", "Felixstowe", ["fri"],
     {"x-bluesky-mastodon": (1, 2), "conflict": (0, 3), "workflow": (0, 2)}),
    ("Keeley Marsh", "West Suffolk Council", "Newmarket", ["tue", "fri"],
     {"facebook": (1, 3), "measuring-reach": (0, 1)}),
    ("Len Baxter", "Babergh District Council", "Hadleigh", ["mon", "wed"],
     {"youtube-tiktok": (0, 1), "accessibility": (0, 1), "workflow": (1, 2)}),
]  # fmt: skip
# Joined last week: nobody supports her yet.
LATE = ("Moira Quill", "Mid Suffolk District Council", "Eye", ["tue"], {"facebook": (0, 1), "nextdoor": (0, 2)})

# name, council, where, days, how many councillors, {skill: now}
MENTORS = [
    ("Mia Castell", "Suffolk County Council", "Ipswich", ["mon", "thu"], 3,
     {"facebook": 3, "conflict": 2, "workflow": 3, "whatsapp": 2, "nextdoor": 1}),
    ("Niall Ferris", "West Suffolk Council", "Bury St Edmunds", ["wed", "fri", "tue"], 3,
     {"linkedin": 3, "curation": 3, "measuring-reach": 2, "blogging": 2}),
    ("Oona Lake", "East Suffolk Council", "Lowestoft", ["mon", "fri"], 2,
     {"accessibility": 3, "facebook": 2, "x-bluesky-mastodon": 3}),
    ("Priya Nair", "Babergh District Council", "Sudbury", ["tue", "thu", "wed"], 3,
     {"network-mapping": 2, "online-consultation": 3, "elections-and-conduct": 3, "conflict": 1}),
    ("Quentin Day", "Ipswich Borough Council", "Ipswich", ["mon", "tue"], 2,
     {"video-and-pictures": 3, "instagram": 3, "youtube-tiktok": 2}),
]  # fmt: skip
# Beside English.
LANGUAGES = {
    "Carl Mendes": "Portuguese, Spanish", "Deshi Rao": "Hindi, Gujarati", "Harun Yildiz": "Turkish",
    "Mia Castell": "Portuguese", "Priya Nair": "Malayalam, Hindi", "Quentin Day": "BSL",
}  # fmt: skip
EXPERTS = [
    ("Rosa Whitlock", "Essex County Council", "Chelmsford", {"conflict": 3, "elections-and-conduct": 3}),
    ("Stefan Auer", "Cambridgeshire County Council", "Cambridge", {"network-mapping": 3, "measuring-reach": 3}),
]
# Were invited; one has not answered, one cannot.
INVITED = ("Tamsin Cole", "Suffolk County Council", "Beccles")
DECLINED = ("Ugo Bright", "East Suffolk Council", "Halesworth")

SHEET = {
    "reach": {"people": "Parents at the Gainsborough estate, and people who rent and move every year.",
              "where": "The estate's Facebook group, the school gate, the food club on Fridays."},
    "accounts": {"plan": "Keep the ward page, close the old personal one.",
                 "rows.1.platform": "Facebook page", "rows.1.handle": "Gainsborough ward news", "rows.1.whose": "ward",
                 "rows.1.posts": "Only me", "rows.1.public": "public"},
    "voice": {"voice": "Short, warm, no party colours.", "never": "Planning cases before they are decided.",
              "hours": "Monday and Thursday evenings. Never after ten."},
    "topics": {"topics": "Bins and flytipping\nThe Orwell path\nWhat the council decided in plain words"},
    "sources": {"rows.1.name": "Gainsborough library", "rows.1.use": "share"},
    "safety": {"private": "Home, family, where I am on a doorstep round.",
               "abuse": "No answer at night. Screenshot, hide, tell Mia; twice means blocked."},
    "measures": {"measure": "People who answer a question I ask.", "now": "Three in January."},
}  # fmt: skip
PARTS = ["reach", "voice", "topics", "accounts", "safety", "measures", "sources"]

WORDS = [
    "Not having to look at my phone in bed.",
    "Hearing from people who do not come to surgeries.",
    "To know what to do when somebody gets personal.",
    "A routine that I keep up.",
]

# title, days after the sprint begins, agenda: (title, minutes, structure)
WORKSHOPS = [
    (0, "A place to stand", 3, [
        ("Who is here, and what brought you", 20, "impromptu-networking"),
        ("What would make it feel safe?", 40, "1-2-4-all"),
        ("My first small step", 40, "15-percent-solutions"),
    ]),
    (1, "Your networks, part one: who is there", 3, [
        ("Draw your network", 45, ""),
        ("Whom do you miss?", 40, "troika-consulting"),
        ("One introduction this week", 20, "15-percent-solutions"),
    ]),
    (1, "Your networks, part two: managing them", 0, [
        ("What we tried", 25, "1-2-4-all"),
        ("Lists, feeds and alerts that save time", 45, "shift-and-share"),
        ("What so what now what", 30, "what-so-what-now-what"),
    ]),
]  # fmt: skip
NOTES = """## What we take away

- One place that is looked after beats five that are not
- Say publicly when you answer, then nobody waits at night
- Screenshot first, then hide, then block

## Next time

Bring a pen and a big sheet of paper: we draw networks.
"""

# author, days ago, title, text, who wants everybody to read it, comments (author, text)
POSTS = [
    ("Lena Ward", 44, "How this journal works",
     ("Write here what you would otherwise send to all of us. **Five sentences are enough.**\n\n"
     "- What did you try?\n- What happened?\n- What would you do differently?"), False,
     [("Mia Castell", "I read it on Fridays with a cup of tea.")]),
    ("Carl Mendes", 33, "The bin question",
     ("I asked on the ward page when people want to hear about bin days. 41 answers in two days, more than in a year "
     "of surgeries. Most want it the evening before.\n\nI answered each with one sentence. It took me two evenings."),
     True,
     [("Ines Calder", "Did anybody complain that you asked on the page and not at a surgery?"),
      ("Carl Mendes", "One. I invited him for coffee, and he came.")]),
    ("Ines Calder", 12, "Three things I stopped doing",
     "1. Answering after ten\n2. Sharing what I have not read to the end\n3. Writing about planning cases",
     False, [("Jonah Pike", "The second one. Guilty.")]),
    ("Mia Castell", 6, "When somebody gets personal: what we use in Suffolk",
     ("We have a short sheet for it: keep a screenshot, do not answer for a day, tell one person, then decide. "
     "I can send it to whoever wants it."), False, []),
    ("Finn Abara", 2, "My map surprised me",
     ("I drew my network and everybody on it goes to the same three meetings. The allotment society knows people I "
     "have never met. I have asked for an introduction."), True, []),
]  # fmt: skip
