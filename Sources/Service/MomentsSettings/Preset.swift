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
}
