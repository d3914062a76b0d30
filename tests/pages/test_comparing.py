from pages.comparing import Line, compare


def test_equal_texts_have_no_difference():
    assert compare("One\nTwo", "One\nTwo\n") == []


def test_a_changed_line_is_removed_and_added():
    assert compare("One\nTwo\nThree", "One\nDeux\nThree") == [
        Line("same", "One"),
        Line("removed", "Two"),
        Line("added", "Deux"),
        Line("same", "Three"),
    ]


def test_far_from_a_change_lines_are_counted_and_not_shown():
    before = "\n".join(str(number) for number in range(10))

    assert compare(before, before + "\nnew") == [
        Line("left_out", "8 lines the same"),
        Line("same", "8"),
        Line("same", "9"),
        Line("added", "new"),
    ]


def test_between_two_changes_each_keeps_what_is_around_it():
    before = "\n".join(["a", *(str(number) for number in range(6)), "b"])
    after = before.replace("a", "A").replace("b", "B")

    assert [(line.kind, line.text) for line in compare(before, after)] == [
        ("removed", "a"),
        ("added", "A"),
        ("same", "0"),
        ("same", "1"),
        ("left_out", "2 lines the same"),
        ("same", "4"),
        ("same", "5"),
        ("removed", "b"),
        ("added", "B"),
    ]
