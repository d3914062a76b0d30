"""What meet-ups use beside the 33: a way to arrive in small groups, and two newer structures."""

from meetups.structures.values import of_the_menu, phase

ALL = (
    of_the_menu(
        "nine-minute-networking",
        "Nine minute networking",
        20,
        "threes or fours, two rounds of nine minutes",
        "You meet two small groups, nine minutes each, with two things to talk about.",
        page="/",
        purpose="To begin a meet-up by meeting people: everybody has talked with five or six others after 20 minutes.",
        invitation="Who are you and what are you working on? What is the best thing you have seen a committee do?",
        phases=[
            phase("Give the two talking points", 1, "all"),
            phase("First nine minutes", 9, "3-4"),
            phase("Second nine minutes", 9, "3-4"),
            phase("Come back", 1, "all"),
        ],
        notes="Paste the talking points into the chat before the rooms open. Nobody meets the same person twice.",
        least=6,
    ),
    of_the_menu(
        "spiral-journal",
        "Spiral Journal",
        10,
        "alone",
        "You draw a slow spiral to arrive, then write a few lines on each of four questions.",
        purpose="To become quiet and to bring one's own thoughts before the talking starts.",
        invitation="What is on your mind, what gives you hope, what would you like to ask, what will you do next?",
        phases=[
            phase("Draw a spiral, slowly", 2, "1"),
            *(phase(f"Question {number}", 2, "1") for number in range(1, 5)),
        ],
        notes="Paper and pen for everybody; a sheet folded in four. What is written stays with the one who wrote it.",
        least=1,
    ),
    of_the_menu(
        "mad-tea",
        "Mad Tea",
        20,
        "pairs, changing quickly",
        "You finish one open sentence after another with a new partner each time.",
        page="mad-tea-calm-tea",
        purpose="To wake a group up and to bring many thoughts into the room at once.",
        invitation="What I would stop tomorrow is… A bold thing I could try is… What worries me is…",
        phases=[
            phase("Explain how to change partners", 2, "all"),
            *(phase(f"Sentence {number}", 2, "2") for number in range(1, 7)),
            phase("Note what stayed with you", 3, "1"),
            phase("Hear a few", 3, "all"),
        ],
        notes="Have the six sentences ready. Two rows facing each other in a room; online, people type into the "
        "chat and send together.",
        least=6,
    ),
)
