internal import MomentsCore

/// A style's file, read: its values, or what is wrong with it.
struct StyleFile {
    /// The style; nil where a mistake keeps it from being one.
    let style: ClipStyle?
    /// Each mistake in the order of reading.
    let mistakes: [SettingsError]
    /// Keys that are ignored because nobody knows them.
    let notes: [String]

    /// Reads a file; every value it does not name is its base's.
    init(_ file: FilePath, name: StyleName) {
        let entries: [SettingsEntry]
        do { entries = try SettingsReader.read(file) } catch {
            (style, mistakes, notes) = (nil, [error], [])
            return
        }
        var (mistakes, notes) = ([SettingsError](), [String]())
        // Where no base is named, the one of this name, so that a shipped style can be changed by a few lines.
        var flavour = ClipFlavour(rawValue: name.rawValue) ?? .modern
        for entry in entries where Self.isBase(entry) && !entry.value.isEmpty {
            if let named = StyleKey.base.kind.read(entry.value) {
                flavour = named
            } else {
                mistakes.append(SettingsError(entry, allowed: StyleKey.base.kind.allowed))
            }
        }
        let base = flavour.style
        var style = base
        style.name = name
        for entry in entries where !Self.isBase(entry) {
            guard let key = StyleKey.find(entry.key, in: entry.section) else {
                notes.append(Self.unknown(entry))
                continue
            }
            if entry.value.isEmpty {
                key.reset(&style, base)
            } else if !key.assign(&style, entry.value) {
                mistakes.append(SettingsError(entry, allowed: key.allowed))
            }
        }
        mistakes += Self.unreadable(style.look.colors, entries, file)
        (self.style, self.mistakes, self.notes) = (mistakes.isEmpty ? style : nil, mistakes, notes)
    }

    private static func isBase(_ entry: SettingsEntry) -> Bool {
        entry.section == StyleKey.base.section && entry.key == StyleKey.base.name
    }

    /// Texts that could not be read on what lies under them.
    private static func unreadable(
        _ colors: ClipColors,
        _ entries: [SettingsEntry],
        _ file: FilePath
    ) -> [SettingsError] {
        let pairs = [
            ("Text", colors.text, "Box", colors.box), ("TextOnAccent", colors.onAccent, "Accent", colors.accent),
            ("TextOnCard", colors.onCard, "CardTop", colors.cardTop),
            ("TextOnCard", colors.onCard, "CardBottom", colors.cardBottom),
        ]
        return pairs.compactMap { text, color, ground, under in
            let contrast = color.contrast(to: under)
            guard contrast < Luminance.leastContrast else { return nil }
            // Rounded down, so that it never looks like enough.
            let told = (contrast * 10).rounded(.down) / 10
            return SettingsError(
                file,
                line: entries.last { $0.section == "Colours" && [text, ground].contains($0.key) }?.line,
                "[Colours] \(text)= \(color.text) cannot be read on \(ground)= \(under.text): their contrast is \(told), and "
                    + "at least \(Luminance.leastContrast) is needed; take a lighter colour for one of them, or a darker one"
            )
        }
    }

    private static func unknown(_ entry: SettingsEntry) -> String {
        let near = StyleKey.all.first { $0.name.lowercased() == entry.key.lowercased() }
        let hint = near.map { "; did you mean [\($0.section)] \($0.name)=?" } ?? ""
        return
            "\(entry.file.display):\(entry.line): no style has a key \(entry.key)= in [\(entry.section)], it is ignored"
            + hint
    }
}
