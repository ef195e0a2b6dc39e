internal import MomentsCore

/// A preset: the values one file `presets/NAME.conf` sets.
struct Preset: Hashable, Sendable {
    /// The file's name without ".conf"; compared by its bytes.
    let name: FilePath
    /// The values, checked; each can be applied.
    let entries: [SettingsEntry]

    /// What comes of other options under this preset.
    func applied(to options: JobOptions) -> JobOptions {
        let defaults = Settings()
        var settings = defaults
        settings.options = options
        for entry in entries {
            guard let key = SettingKey.find(entry.key, in: entry.section) else { continue }
            if entry.value.isEmpty { key.reset(&settings, defaults) } else { _ = key.assign(&settings, entry.value) }
        }
        return settings.options
    }

    /// Whether bytes can be a preset's name: visible UTF-8 text of at most 100 bytes, no path, nothing hidden.
    ///
    /// Strangers choose the names of folders; only such a name is ever compared with the presets there are.
    static func isName(_ bytes: [UInt8]) -> Bool {
        guard (1...100).contains(bytes.count), bytes.first != UInt8(ascii: "."), !bytes.contains(UInt8(ascii: "/")),
            let text = String(validating: bytes, as: UTF8.self)
        else { return false }
        return Escaping.line(text).utf8.elementsEqual(bytes)
    }
}
