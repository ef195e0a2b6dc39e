internal import MomentsCore

/// One key of a style's file: where it stands, what it may be, and which value it sets.
struct StyleKey: Sendable {
    /// The section's name.
    let section: String
    /// The key's name.
    let name: String
    /// What is allowed, as the end of a sentence.
    let allowed: String
    /// Sets the value; false where it is not allowed.
    let assign: @Sendable (inout ClipStyle, [UInt8]) -> Bool
    /// Takes the value of another style: what an empty value does.
    let reset: @Sendable (inout ClipStyle, ClipStyle) -> Void

    /// The style that gives all values a file does not name.
    static let base = (section: "Style", name: "Base", kind: ValueKind<ClipFlavour>.choice)

    /// The key of that name, or nil.
    static func find(_ name: String, in section: String) -> StyleKey? {
        all.first { $0.name == name && $0.section == section }
    }

    /// Every key there is, but the base's.
    static let all: [StyleKey] = style + letters + colors + form

    private static let style = [
        key("Style", "Transition", \.transition, .choice),
        key("Style", "LongestShot", \.longestShot, .time(1.5...60, "from 1.5s to 60s")),
        key("Style", "StillShot", \.stillShot, .time(1...30, "from 1s to 30s")),
        key("Style", "Zoom", \.zoom, .number(1...2, "a factor from 1 (none) to 2, such as 1.14")),
        key("Style", "Captions", \.writesVoice, captions),
        key("Style", "Ducking", \.ducking, .number(0...60, "from 0 to 60 in dB, such as 12", unit: "dB")),
    ]

    private static let letters = [
        key("Letters", "Title", \.look.title.families, families),
        key("Letters", "TitleWeight", \.look.title.weight, .count(100...1000)),
        key("Letters", "TitleItalic", \.look.title.isItalic, .onOff),
        key("Letters", "Detail", \.look.detail.families, families),
        key("Letters", "DetailWeight", \.look.detail.weight, .count(100...1000)),
        key("Letters", "DetailItalic", \.look.detail.isItalic, .onOff),
    ]

    private static let colors = [
        key("Colours", "Text", \.look.colors.text, color),
        key("Colours", "Box", \.look.colors.box, color),
        key("Colours", "Accent", \.look.colors.accent, color),
        key("Colours", "TextOnAccent", \.look.colors.onAccent, color),
        key("Colours", "CardTop", \.look.colors.cardTop, color),
        key("Colours", "CardBottom", \.look.colors.cardBottom, color),
        key("Colours", "TextOnCard", \.look.colors.onCard, color),
    ]

    private static let form = [
        key("Form", "LowerThird", \.look.form, .choice),
        key(
            "Form",
            "Radius",
            \.look.radius,
            .number(0...0.1, "a share of a frame's shorter side from 0 to 0.1, such as 0.016")
        ),
    ]

    private static let color = ValueKind<HexColor>.text("a colour as #RRGGBB, such as #3D8BFF") { HexColor($0) }

    private static let captions: ValueKind<Bool> = {
        let mode = ValueKind<CaptionMode>.choice
        return ValueKind(allowed: mode.allowed) { bytes in mode.read(bytes).map { $0 == .burn } }
    }()

    private static let families = ValueKind<String>.text(
        "families of letters parted by commas, in one line of at most 200 characters, such as Noto Sans, Sans"
    ) { text in
        let names = text.split(separator: ",", omittingEmptySubsequences: false)
        guard text.count <= 200, VisibleText.isLine(text), names.allSatisfy({ !VisibleText.isBlank(String($0)) }) else {
            return nil
        }
        return text
    }

    private static func key<Value>(
        _ section: String,
        _ name: String,
        _ field: any WritableKeyPath<ClipStyle, Value> & Sendable,
        _ kind: ValueKind<Value>
    ) -> StyleKey {
        StyleKey(section: section, name: name, allowed: kind.allowed) { style, bytes in
            guard let value = kind.read(bytes) else { return false }
            style[keyPath: field] = value
            return true
        } reset: { style, base in
            style[keyPath: field] = base[keyPath: field]
        }
    }
}
