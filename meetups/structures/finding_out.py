"""Structures to look back, to find what works already and to try things."""

from meetups.structures.values import of_the_menu, phase

ALL = (
    of_the_menu(
        "what-so-what-now-what",
        "What, So What, Now What?",
        45,
        "alone, groups of five to seven, everyone",
        "You look back together: first what happened, then what it means, then what to do.",
        purpose="To learn from something that happened without jumping to a verdict.",
        invitation="What did you notice in our last review? What does that mean? What follows from it?",
        phases=[
            phase("Introduce", 3, "all"),
            *(
                one
                for step in ("What happened?", "So what does it mean?", "Now what do we do?")
                for one in (
                    phase(f"{step} Alone", 2, "1"),
                    phase(f"{step} In groups", 7, "5-7"),
                    phase(f"{step} Together", 5, "all"),
                )
            ),
        ],
        notes="Stay with facts in the first part: what would a camera have seen? Write where all can see.",
    ),
    of_the_menu(
        "discovery-and-action-dialogue",
        "Discovery & Action Dialogue",
        60,
        "groups of six to eight",
        "You look for people who solve the problem already and for ways to spread what they do.",
        purpose="To find the answers that some people in the same place, with the same means, already have.",
        invitation="When does a report of yours get read to the end? What do you do then that others do not?",
        phases=[
            phase("Introduce", 5, "all"),
            phase("Say who you are", 5, "6-8"),
            phase("Find what works already", 40, "6-8"),
            phase("Agree who does what", 10, "6-8"),
        ],
        notes="Have someone in each group to ask and someone to write down actions. Questions go to the people who do "
        "the work. When somebody says “they should”, ask what we can do.",
        least=6,
    ),
    of_the_menu(
        "shift-and-share",
        "Shift & Share",
        90,
        "groups of five to eight at each stall",
        "You go from stall to stall and hear in a few minutes what somebody has made or tried.",
        purpose="To show many pieces of work without long talks, close enough to ask questions.",
        invitation="What have you tried in your council that others could use?",
        phases=[
            phase("Introduce the stalls", 5, "all"),
            *(phase(f"Stall {number}", 12, "5-8") for number in range(1, 7)),
            phase("Say what you take home", 13, "all"),
        ],
        notes="Ask six presenters beforehand; each shows for 7 minutes and answers for 4. Online a stall is a "
        "room: the presenter stays and groups move.",
        least=12,
        most=60,
    ),
    of_the_menu(
        "25-10-crowdsourcing",
        "25/10 Crowd Sourcing",
        30,
        "everyone, pairs in passing",
        "You write a bold idea on a card; cards change hands and are scored, and the best ten are read out.",
        purpose="To find the boldest ideas of a large group in half an hour, without names on them.",
        invitation="If you were ten times bolder, what would you change about scrutiny, and what would you do first?",
        phases=[
            phase("Explain the cards", 5, "all"),
            phase("Write one idea", 5, "1"),
            *(phase(f"Swap cards and score, time {number}", 3, "2") for number in range(1, 6)),
            phase("Read out the best ten", 5, "all"),
        ],
        notes="Five scores from 1 to 5 make at most 25. Bring cards and music. It needs a room to walk in.",
        least=12,
        online=False,
    ),
    of_the_menu(
        "wise-crowds",
        "Wise Crowds",
        60,
        "groups of four or five, 15 minutes each",
        "In a small group each of you in turn gets the advice of all the others.",
        purpose="To bring the knowledge of a whole group to the question of one person.",
        invitation="Which question of yours would you like to put to this group of colleagues?",
        phases=[phase(f"Turn {number}", 15, "4-5") for number in range(1, 5)],
        notes="A turn: 2 minutes to ask, 3 to clear things up, 8 while the person turns away and listens, 2 to say "
        "what was of use. Groups of five take turns of twelve minutes.",
    ),
    of_the_menu(
        "min-specs",
        "Min Specs",
        50,
        "alone, then groups of four to six",
        "You list all the rules for a task and cross out every one it could succeed without.",
        purpose="To find the few rules that must be kept, so that people are free in everything else.",
        invitation="Which rules must a task and finish group keep without fail to do its job?",
        phases=[
            phase("Introduce", 5, "all"),
            phase("List all rules", 5, "1"),
            phase("Put the lists together", 10, "4-6"),
            phase("Test every rule", 20, "4-6"),
            phase("Compare what is left", 10, "all"),
        ],
        notes="The test: if we broke this rule, could we still succeed? If yes, cross it out. Two to five remain.",
    ),
    of_the_menu(
        "improv-prototyping",
        "Improv Prototyping",
        20,
        "players, and groups of four to six",
        "You play a difficult moment as a short scene, try other ways and keep what works.",
        purpose="To try behaviour for a difficult moment where nothing can go wrong.",
        invitation="A witness avoids the question for the third time. What could the chair do?",
        phases=[
            phase("Set the scene", 2, "all"),
            phase("Play it once", 4, "all"),
            phase("Say what worked", 4, "4-6"),
            phase("Play it your way", 6, "4-6"),
            phase("Keep the best pieces", 4, "all"),
        ],
        notes="Ask players beforehand. It is about pieces of behaviour, not acting. Play it again if time allows.",
        least=6,
    ),
    of_the_menu(
        "helping-heuristics",
        "Helping Heuristics",
        15,
        "threes or fours, two-minute turns",
        "In short turns you try four ways of helping somebody and notice what each does.",
        purpose="To see what one's own habits of helping do to others, and to have more than one.",
        invitation="What would you like help with that could be told in half a minute?",
        phases=[
            phase("Explain the parts", 3, "all"),
            phase("Just listen", 2, "3-4"),
            phase("Ask, do not advise", 2, "3-4"),
            phase("Find out together", 2, "3-4"),
            phase("Say what you see", 2, "3-4"),
            phase("Compare the four ways", 4, "all"),
        ],
        notes="One asks, one helps, the others watch; change parts in each turn. The watchers speak in the last phase.",
        least=3,
    ),
)
