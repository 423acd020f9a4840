"""Which subject a text is about."""

from bot.text.ranking import TextRanking


def test_the_subject_with_the_typical_words_comes_first() -> None:
    ranking = TextRanking(
        [("bayar", "cara bayar invoice"), ("bayar", "bayar lewat transfer"), ("domain", "perpanjang domain saya")]
    )
    assert [subject for subject, _ in ranking.rank("gimana cara pembayaran transfer")] == ["bayar"]
    assert ranking.rank("perpanjang domain")[0][0] == "domain"
    assert all(0 < score <= 1.000001 for _, score in ranking.rank("bayar domain"))
    assert ranking.rank("xyz") == ranking.rank("") == []
