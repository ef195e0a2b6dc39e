public import MomentsCore
internal import MomentsSystem

extension Settings {
    /// Every key there is, as `Section/Name`, with those of a generator of this name.
    package static func keys(withGenerator name: String) -> Set<String> { SettingKey.names(withGenerator: name) }

    /// Reads the main file, its drop-ins, the styles and the presets.
    ///
    /// Drop-ins are the files `FILE.d/*.conf`, in the order of their names; a later value replaces an earlier one,
    /// an empty one restores the built-in default.
    ///
    /// - Parameter file: The main file; nil takes `defaultFile`, which may be missing.
    /// - Returns: The settings, and notes on keys that are ignored because nobody knows them, each with file and line.
    /// - Throws: `SettingsError` for a file that cannot be read and for a value that is not allowed.
    public static func load(_ file: FilePath?) throws(SettingsError) -> (settings: Settings, notes: [String]) {
        let (settings, notes, mistakes) = inspect(file)
        if let mistake = mistakes.first { throw mistake }
        // A damaged style is told, and fails the jobs that name it; all others go on.
        return (
            settings, notes + settings.styles.mistakes.map { "\($0); the style cannot be used until that is mended" }
        )
    }

    /// Reads all that `load` reads, and goes on behind mistakes: for those who want to mend them all at once.
    ///
    /// What is wrong with styles keeps nothing else from being read: it stands in their own `mistakes`.
    ///
    /// - Parameter file: The main file; nil takes `defaultFile`, which may be missing.
    /// - Returns: The settings without what was wrong, the notes of `load`, and each mistake in the order of reading.
    public static func inspect(_ file: FilePath?) -> (settings: Settings, notes: [String], mistakes: [SettingsError]) {
        let main = file.map { Folder.absolute($0) } ?? defaultFile
        let defaults = Settings(configuration: main.parent)
        var settings = defaults
        var notes: [String] = []
        var mistakes: [SettingsError] = []
        var files = file != nil || (try? FileStatus.of(main)) != nil ? [main] : []
        files += confFiles(in: main.adding(suffix: ".d"), &mistakes)
        var style: SettingsEntry?
        for file in files {
            for entry in entries(of: file, &mistakes) {
                if isStyle(entry) { style = entry }
                guard let key = SettingKey.find(entry.key, in: entry.section) else {
                    notes.append(unknown(entry))
                    continue
                }
                if entry.value.isEmpty {
                    key.reset(&settings, defaults)
                } else if !key.assign(&settings, entry.value) {
                    mistakes.append(SettingsError(entry, allowed: key.allowed))
                }
            }
        }
        settings.takeStyles(asked: style, &notes, &mistakes)
        settings.presets = loadPresets(in: settings.folders.presets, settings.styles, &notes, &mistakes)
        if let preset = settings.preset, settings.find(preset: preset) == nil {
            let sentence = settings.sentence(unknownPreset: preset, in: "[Highlight] Preset=")
            mistakes.append(SettingsError(main, sentence))
        }
        let limits = settings.options.limits
        if limits.minDuration > limits.maxDuration {
            mistakes.append(
                SettingsError(main, "[Limits] MinDuration= is longer than MaxDuration=, so that no video would do")
            )
        }
        return (settings, notes, mistakes)
    }

    /// Takes in the files of styles, and looks whether there is the one that the main file names.
    private mutating func takeStyles(
        asked: SettingsEntry?,
        _ notes: inout [String],
        _ mistakes: inout [SettingsError]
    ) {
        for folder in [StyleShelf.folder, folders.styles] {
            for file in Self.confFiles(in: folder, &mistakes) { notes += styles.take(file) }
        }
        if let asked, styles.find(options.style) == nil {
            mistakes.append(SettingsError(asked, allowed: "one of \(styles.names)"))
        }
    }

    private static func loadPresets(
        in folder: FilePath,
        _ styles: StyleShelf,
        _ notes: inout [String],
        _ mistakes: inout [SettingsError]
    ) -> [Preset] {
        var presets: [Preset] = []
        for file in confFiles(in: folder, &mistakes) {
            let name = FilePath(bytes: file.name.bytes.dropLast(5))
            guard ConfName.isName(name.bytes) else {
                notes.append("\(file.display): the name is no name for a preset, the file is ignored")
                continue
            }
            var kept: [SettingsEntry] = []
            for entry in entries(of: file, &mistakes) {
                guard let key = SettingKey.find(entry.key, in: entry.section) else {
                    notes.append(unknown(entry))
                    continue
                }
                guard key.isForPresets else {
                    let place = "\(file.display):\(entry.line): [\(entry.section)] \(entry.key)="
                    notes.append("\(place) means nothing in a preset and is ignored")
                    continue
                }
                var trial = Settings()
                guard entry.value.isEmpty || key.assign(&trial, entry.value) else {
                    mistakes.append(SettingsError(entry, allowed: key.allowed))
                    continue
                }
                if isStyle(entry), styles.find(trial.options.style) == nil {
                    mistakes.append(SettingsError(entry, allowed: "one of \(styles.names)"))
                    continue
                }
                kept.append(entry)
            }
            presets.append(Preset(name: name, entries: kept))
        }
        return presets
    }

    private static func isStyle(_ entry: SettingsEntry) -> Bool {
        entry.section == "Highlight" && entry.key == "Style" && !entry.value.isEmpty
    }

    private static func entries(of file: FilePath, _ mistakes: inout [SettingsError]) -> [SettingsEntry] {
        do { return try SettingsReader.read(file) } catch {
            mistakes.append(error)
            return []
        }
    }

    /// The files `*.conf` of a folder in the order of their names; none where the folder is missing.
    private static func confFiles(in folder: FilePath, _ mistakes: inout [SettingsError]) -> [FilePath] {
        do {
            let names = try Folder.names(in: folder).filter { $0.hasSuffix(".conf") && !$0.hasPrefix(".") }
            return names.map { folder.appending($0) }
        } catch {
            if !error.isMissing { mistakes.append(SettingsError(folder, "\(error)")) }
            return []
        }
    }

    private static func unknown(_ entry: SettingsEntry) -> String {
        let place = "\(entry.file.display):\(entry.line):"
        if entry.section.hasPrefix(SettingKey.generatorSection) {
            let keys = SettingKey.generatorKeys.map { $0 + "=" }.joined(separator: " ")
            return
                "\(place) \(entry.key)= in [\(entry.section)] is ignored: a generator's name has at most 40 small letters, "
                + "digits and .-_, and its keys are \(keys)"
        }
        guard SettingKey.all.contains(where: { $0.section == entry.section }) else {
            return "\(place) unknown section [\(entry.section)], its \(entry.key)= is ignored"
        }
        let near = SettingKey.all.first { $0.name.lowercased() == entry.key.lowercased() }
        let hint = near.map { "; did you mean [\($0.section)] \($0.name)=?" } ?? ""
        return "\(place) unknown key \(entry.key)= in [\(entry.section)] is ignored\(hint)"
    }
}
