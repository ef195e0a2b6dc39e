public import MomentsCore

extension TitleLook {
    /// The look of a style.
    public init(_ style: ClipStyle) {
        self =
            switch style {
            case .modern: .modern
            case .minimalist: .minimalist
            case .energetic: .energetic
            }
    }

    /// White on dark glass, with an edge of blue.
    public static let modern = TitleLook(
        title: Typeface(families: sans, weight: 700),
        detail: Typeface(families: sans),
        text: .white,
        box: TitleColor(0x10141C),
        accent: TitleColor(0x3D8BFF),
        onAccent: TitleColor(0x06101F),
        ground: CardGround(TitleColor(0x1B2433), TitleColor(0x0B0F16)),
        onGround: .white,
        form: .box,
        radius: 0.016
    )

    /// Letters with serifs, a thin line, and paper.
    public static let minimalist = TitleLook(
        title: Typeface(families: serif),
        detail: Typeface(families: serif),
        text: .white,
        box: TitleColor(0x14120F),
        accent: TitleColor(0x2B2925),
        onAccent: TitleColor(0xF7F4EE),
        ground: CardGround(TitleColor(0xF7F4EE), TitleColor(0xECE7DD)),
        onGround: TitleColor(0x22201C),
        form: .line,
        radius: 0
    )

    /// Bold slanted letters on yellow blocks.
    public static let energetic = TitleLook(
        title: Typeface(families: sans, weight: 900, isItalic: true),
        detail: Typeface(families: sans, weight: 700, isItalic: true),
        text: .white,
        box: TitleColor(0x1A0A2E),
        accent: TitleColor(0xFFD21F),
        onAccent: TitleColor(0x17102B),
        ground: CardGround(TitleColor(0x6A1B9A), TitleColor(0x2A0B4F)),
        onGround: .white,
        form: .block,
        radius: 0.006
    )

    private static let sans = "Noto Sans, DejaVu Sans, Liberation Sans, Sans"
    private static let serif = "Noto Serif, DejaVu Serif, Liberation Serif, Serif"
}
