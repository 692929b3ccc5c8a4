# Products: what they are, where they are placed, how long they are supported.
products-title = Products
products-crumbs = Where you are
products-lede = { $total ->
    [0] No product is recorded yet.
    [one] One product is recorded{ $inbox ->
        [0] .
       *[other] , and it waits for a first look.
    }
   *[other] { $total } products are recorded{ $inbox ->
        [0] .
        [one] , one of them waits for a first look.
       *[other] , { $inbox } of them wait for a first look.
    }
}
products-inbox-waits = { $n ->
    [one] An upload made a product nobody has looked at yet.
   *[other] Uploads made { $n } products nobody has looked at yet.
}
products-inbox-look = Look at them
products-search = Name, identification or description
products-any = Any
products-state = State
products-filter = Show
products-filter-clear = Show all
products-none = Nothing here yet. A product is what you place on the market under your name: software, or hardware with software in it. Add the first one, or let an upload make it.
products-none-match = No product matches this filter.
products-showing = Showing { $shown } of { $matching }
products-pages = Pages of the list
products-previous = Previous page
products-next = Next page
products-state-current = All that are not archived
products-state-inbox = Not looked at yet
products-state-published = On the trust page
products-state-archived = Archived
products-state-all = All
product-is-merged = merged
product-is-archived = archived
product-is-inbox = not looked at yet
product-is-published = on the trust page
product-is-internal = internal

category-default = Default
category-important-class-1 = Important, class I
category-important-class-2 = Important, class II
category-critical = Critical

product-field-name = Name
product-field-identification = Identification
product-field-description = What it is
product-field-category = Category
product-field-annex-entry = Entry of Annex III or IV
product-field-intended-purpose = Intended purpose
product-field-support-ends-on = Last day of support
product-field-support-reason = Why this long
product-field-contact = Contact about security
product-field-last-unit-placed-on = Last unit placed on
product-field-placed-on-all = Placed on, for every state without a date of its own
product-field-member-states = Member States
product-hint-name = As customers know it. Uploads find the product by this name, and also by its earlier ones.
product-hint-identification = Type, batch or serial number, or whatever else tells it apart.
product-hint-description = One or two sentences. Shown on the trust page once you publish it.
product-hint-category = Decided by what the product is mainly for, not by what is built into it.
product-hint-annex-entry = Only for important and critical products.
product-hint-intended-purpose = What it is meant for, by whom and under which conditions, as in its instructions.
product-hint-support-ends-on = Customers see month and year.
product-hint-support-reason = How long it is expected to be used, and what that rests on. Goes into the technical documentation.
product-hint-placings = Where it is or was sold. An early warning must name these states.
product-hint-placed-on-all = Leave it empty if you do not know.
product-hint-last-unit-placed-on = Leave it empty while units are still being placed. Keeping periods count from this day.
product-hint-contact = A mail address or a web address where a person answers. Empty means the organisation's.
product-annex-none = None
product-support = Support period
product-support-floor = At least { $minimum } from placing, unless the product is expected to be used for less; longer where it is used for longer.
product-support-years = { $n ->
    [one] one year
   *[other] { $n } years
}
product-support-short = Counted from { $from }, support may end on { $earliest } at the earliest, unless the product is expected to be used for less. Then say so in the reasons.
product-support-enough = Counted from { $from }, the earliest allowed end is { $earliest }.
product-support-until = Support until
product-placings = Placed on the market in
product-placings-caption = Tick where it is sold and say since when
product-placings-none = Nobody has said where this product is sold. An early warning would have to name the Member States.
product-placings-count = { $n ->
    [one] One Member State
   *[other] { $n } Member States
}
product-all-member-states = All 27 Member States
product-single-member-states = Choose states one by one
product-member-state = Member State
product-member-states = Member States
product-placed-on = Placed on
product-placed-on-in = Placed on the market in { $state } on
product-not-said = not said yet
product-last-unit-open = units are still being placed, or nobody has said
product-contact-of-organisation = the organisation's
product-new-title = Add a product
product-edit-title = Change { $name }
product-edit-lede = Only the name must be there now. What is missing is listed on the product's page until somebody says it.
product-add = Add product
product-save = Save
product-cancel = Cancel
product-change = Change the facts
product-facts = Facts
product-tabs = Parts of this product
product-tab-overview = Overview
product-tab-advisories = Advisories
product-tab-trust = Trust page
product-lede = { $releases ->
    [0] No tagged release is recorded.
    [one] One release, { $market ->
        [0] not on the market.
       *[other] on the market.
    }
   *[other] { $releases } releases, { $market ->
        [0] none on the market.
        [one] one on the market.
       *[other] { $market } on the market.
    }
} { $missing ->
    [0] No fact is missing.
    [one] One fact is missing.
   *[other] { $missing } facts are missing.
}
product-lede-support = Supported until { $month }.
product-missing = Missing
product-missing-nothing = nothing
product-missing-count = { $n ->
    [one] one fact
   *[other] { $n } facts
}
product-missing-title = What is missing
product-missing-say = Say it
product-missing-identification = A type, batch or serial number, or another identification.
product-missing-intended-purpose = The intended purpose, on which the risk assessment rests.
product-missing-annex-entry = The entry of Annex III or IV that makes it important or critical.
product-missing-support-end = The end of the support period.
product-missing-support-reason = The reasons for the length of the support period.
product-missing-member-states = The Member States where it is sold.
product-missing-placing-dates = The day of placing on the market in some Member States.
product-inbox-title = Not looked at yet.
product-inbox-text = An upload made this product. If it is one of yours, keep it and say what it is; if it is one you have already, merge it. Until then it cannot be shown on the trust page. Its releases are watched like any others.
product-adopt = Keep it as a product
product-merge-label = It is the same as
product-merge-look = Look at what merging does
product-merge-title = Merge into another product
product-merge-lede = { $from } becomes part of { $into }. Uploads under the name { $from } lead to { $into } from then on. This cannot be undone.
product-merge-moves = { $n ->
    [one] This release moves with its SBOMs and findings:
   *[other] These { $n } releases move with their SBOMs and findings:
}
product-merge-do = Merge
product-merged-notice = This entry was merged. Its releases are now at:
product-archive = Archive
product-archive-hint = Takes it out of the lists. Its releases stay watched, because the duty to report goes on.
product-archived-notice = Archived on { $at }. It is out of the lists; its releases are still watched.
product-bring-back = Bring it back
product-variants = Variants
product-variants-none = No variants. Add one if models with their own identification are sold under this name.
product-variants-count = { $n ->
    [one] One variant
   *[other] { $n } variants
}
product-variant-add = Add a variant
product-variant-save = Add variant
product-trust = Trust page
product-trust-yes = Marked as shown.
product-trust-no = Not shown.
product-trust-look = See what is or would be public

refusal-json-not-understood = The JSON body was not understood: { $why }.
refusal-field-one-line = Write “{ $field }” on one line, without control characters.
refusal-product-name-taken = Another product is called “{ $name }”, or was, and uploads find it by that name. Choose another name.
refusal-product-merged = This product was merged into another one. Go on there.
refusal-category-unknown = The category is default, important-class-1, important-class-2 or critical.
refusal-annex-entry-unknown = There is no such entry in Annex III or IV. Choose one from the list.
refusal-annex-entry-of-other-category = This entry belongs to another category. Change the category or the entry.
refusal-day-out-of-range = Give a day between { $first } and { $last }.
refusal-placed-on-not-a-day = The day for { $code } is not a day. Write it as 2026-11-23.
refusal-member-state-unknown = “{ $code }” is not a Member State of the Union. Use its two-letter code.
refusal-member-state-twice = A Member State stands there twice. Name each once.
refusal-merge-only-inbox = Only a product that nobody has looked at yet can be merged, and only into another one that still stands.
refusal-merge-version-in-both = Version { $version } stands in both products. Rename it in one of them first.
refusal-merge-frozen = Release { $version } is frozen, so it cannot move. Keep this product as one of its own.
refusal-archive-published = This product is on the trust page. Take it off there first.
refusal-publish-inbox = Nobody has looked at this product yet. Keep it as a product first, then publish it.
refusal-publish-archived = This product is archived. Bring it back first, then publish it.
refusal-variants-too-many = A product has at most { $max } variants here.
refusal-variant-exists = There is a variant “{ $name }” already.
