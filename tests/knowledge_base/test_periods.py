"""What holds when: versions, documents and the products they name fit each other's periods."""

from spoilt_content import FRONT, messages, published, spoil, write

from knowledge_base.periods import document_overlaps, expired, inverted, overlaps, unsold


def test_two_versions_for_the_same_contracts_are_found(content):
    spoil(content / "tarife/mobil_m.yaml", "sold_until: 2025-09-30", "sold_until: 2025-10-01")

    found = messages(content, "tarife/mobil_m.yaml", overlaps)

    assert "Mobil M: versions '2024-04' and '2025-10' hold for the same contracts" in found


def test_yearly_prices_that_follow_each_other_do_not_overlap(content):
    assert messages(content, "tarife/roaming.yaml", overlaps) == ""


def test_two_price_lists_for_the_same_contracts_are_found(content):
    older = "preislisten/preisliste-kabel-2024-04-01.pdf"
    newer = "preislisten/preisliste-kabel-2025-10-01.pdf"
    published(content, older, newer)
    assert messages(content, newer, document_overlaps) == ""
    spoil(content / f"{older}.yaml", "sold_until: 2025-09-30", "sold_until: 2025-10-31")

    found = messages(content, newer, document_overlaps)

    assert found == (
        "holds for the same contracts of kabel_100, kabel_1000, kabel_250 at the same time as "
        "preislisten/preisliste-kabel-2024-04-01.pdf"
    )


def test_price_lists_that_follow_each_other_for_the_same_contracts_do_not_overlap(content):
    before = "preislisten/preisliste-prepaid-2024-04-01.pdf"
    after = "preislisten/preisliste-prepaid-2026-06-01.pdf"
    published(content, before, after)

    assert messages(content, after, document_overlaps) == ""


def test_a_period_that_ends_before_it_begins_is_found(content):
    spoil(content / "tarife/kabel_250.yaml", "sold_until: 2025-09-30", "sold_until: 2023-09-30")
    write(
        content,
        "faq/a.md",
        f"{FRONT}sold_from: 2026-02-01\nsold_until: 2026-01-01\n---\n# A\n\nB.\n",
    )

    assert messages(content, "tarife/kabel_250.yaml", inverted) == (
        "the period of Kabel 250 '2024-04' ends before it begins"
    )
    assert messages(content, "faq/a.md", inverted) == (
        "the period of the document ends before it begins"
    )


def test_a_page_that_is_no_longer_in_force_is_found(content):
    write(content, "faq/a.md", f"{FRONT}applies_until: 2026-11-21\n---\n# A\n\nText.\n")
    write(content, "faq/b.md", f"{FRONT}applies_until: 2026-11-22\n---\n# B\n\nText.\n")

    assert messages(content, "faq/a.md", expired) == "expired on 2026-11-21"
    assert messages(content, "faq/b.md", expired) == ""


def test_a_tariff_on_sale_whose_price_list_ended_is_found(content):
    name = "preislisten/preisliste-kabel-2025-10-01.pdf"
    published(content, name)
    assert "but no preisliste" not in messages(content, "tarife/kabel_250.yaml", expired)
    spoil(content / f"{name}.yaml", "sold_until: null", "sold_until: 2026-06-30")

    found = messages(content, "tarife/kabel_250.yaml", expired)

    assert (
        f"Kabel 250 is sold on 2026-11-22, but no preisliste in force names it; {name} ended on "
        "2026-06-30"
    ) in found


def test_terms_that_name_a_product_never_sold_to_their_contracts_are_found(content):
    name = "agb/agb-mobilfunk-2024.pdf"
    published(content, name)
    spoil(content / f"{name}.yaml", "mobil_jung]", "mobil_jung, mobil_sozial]")

    found = messages(content, name, unsold)

    assert found == "names Mobil Sozial, of which no version holds for its contracts"
