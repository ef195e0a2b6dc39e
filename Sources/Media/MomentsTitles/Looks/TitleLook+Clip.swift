public import MomentsCore

extension TitleLook {
    /// The look of a style.
    public init(_ look: ClipLook) {
        let colors = look.colors
        self.init(
            title: Typeface(look.title),
            detail: Typeface(look.detail),
            text: TitleColor(colors.text.value),
            box: TitleColor(colors.box.value),
            accent: TitleColor(colors.accent.value),
            onAccent: TitleColor(colors.onAccent.value),
            ground: CardGround(TitleColor(colors.cardTop.value), TitleColor(colors.cardBottom.value)),
            onGround: TitleColor(colors.onCard.value),
            form: look.form,
            radius: look.radius
        )
    }

    /// White on dark glass, with an edge of blue: where no style is chosen.
    public static let modern = TitleLook(ClipStyle.modern.look)
}

extension Typeface {
    /// The letters of a style.
    fileprivate init(_ letters: ClipLetters) {
        self.init(families: letters.families, weight: letters.weight, isItalic: letters.isItalic)
    }
}
