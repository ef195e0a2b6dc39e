extension ClipStyle {
    /// White on dark glass, with an edge of blue.
    public static let modern = ClipStyle(
        name: .modern,
        flavour: .modern,
        look: ClipLook(
            title: ClipLetters(families: sans, weight: 700, isItalic: false),
            detail: ClipLetters(families: sans, weight: 400, isItalic: false),
            colors: ClipColors(
                text: HexColor(0xFFFFFF),
                box: HexColor(0x10141C),
                accent: HexColor(0x3D8BFF),
                onAccent: HexColor(0x06101F),
                cardTop: HexColor(0x1B2433),
                cardBottom: HexColor(0x0B0F16),
                onCard: HexColor(0xFFFFFF)
            ),
            form: .box,
            radius: 0.016
        ),
        transition: .dissolve,
        longestShot: 5,
        stillShot: 4,
        zoom: 1.14,
        writesVoice: false,
        ducking: 12
    )

    /// Letters with serifs, a thin line, and paper.
    public static let minimalist = ClipStyle(
        name: .minimalist,
        flavour: .minimalist,
        look: ClipLook(
            title: ClipLetters(families: serif, weight: 400, isItalic: false),
            detail: ClipLetters(families: serif, weight: 400, isItalic: false),
            colors: ClipColors(
                text: HexColor(0xFFFFFF),
                box: HexColor(0x14120F),
                accent: HexColor(0x2B2925),
                onAccent: HexColor(0xF7F4EE),
                cardTop: HexColor(0xF7F4EE),
                cardBottom: HexColor(0xECE7DD),
                onCard: HexColor(0x22201C)
            ),
            form: .line,
            radius: 0
        ),
        transition: .fade,
        longestShot: 8,
        stillShot: 5,
        zoom: 1.08,
        writesVoice: false,
        ducking: 12
    )

    /// Bold slanted letters on yellow blocks.
    public static let energetic = ClipStyle(
        name: .energetic,
        flavour: .energetic,
        look: ClipLook(
            title: ClipLetters(families: sans, weight: 900, isItalic: true),
            detail: ClipLetters(families: sans, weight: 700, isItalic: true),
            colors: ClipColors(
                text: HexColor(0xFFFFFF),
                box: HexColor(0x1A0A2E),
                accent: HexColor(0xFFD21F),
                onAccent: HexColor(0x17102B),
                cardTop: HexColor(0x6A1B9A),
                cardBottom: HexColor(0x2A0B4F),
                onCard: HexColor(0xFFFFFF)
            ),
            form: .block,
            radius: 0.006
        ),
        transition: .cut,
        longestShot: 3,
        stillShot: 2.5,
        zoom: 1.22,
        writesVoice: true,
        ducking: 12
    )

    /// The style as it ships under its name; nil where none of that name does.
    public static func shipped(_ name: StyleName) -> ClipStyle? { ClipFlavour(rawValue: name.rawValue)?.style }

    /// The style, where it is not as it ships: what was made in one that is, is known by the name alone.
    public var unlessShipped: ClipStyle? { self == Self.shipped(name) ? nil : self }

    private static let sans = "Noto Sans, DejaVu Sans, Liberation Sans, Sans"
    private static let serif = "Noto Serif, DejaVu Serif, Liberation Serif, Serif"
}

extension ClipFlavour {
    /// The style of this flavour as it ships.
    public var style: ClipStyle {
        switch self {
        case .modern: .modern
        case .minimalist: .minimalist
        case .energetic: .energetic
        }
    }
}
