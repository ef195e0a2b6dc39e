internal import MomentsCore

/// One key of the configuration: where it stands, what it may be, and which value it sets.
struct SettingKey: Sendable {
    /// The section's name.
    let section: String
    /// The key's name.
    let name: String
    /// What is allowed, as the end of a sentence.
    let allowed: String
    /// Whether a preset may set it.
    let isForPresets: Bool
    /// Sets the value; false where it is not allowed.
    let assign: @Sendable (inout Settings, [UInt8]) -> Bool
    /// Takes the value of other settings: what an empty value does.
    let reset: @Sendable (inout Settings, Settings) -> Void

    /// The key of that name, or nil.
    static func find(_ name: String, in section: String) -> SettingKey? {
        all.first { $0.name == name && $0.section == section } ?? ofGenerator(name, in: section)
    }

    /// Every key there is.
    static let all: [SettingKey] =
        folders + intake + highlight + judge + transcript + stills + exports + subjects + voice + planner + limits
        + workers
        + status + hooks

    /// Every key there is, as `Section/Name`, with those of a generator of this name.
    static func names(withGenerator name: String) -> Set<String> {
        let own = all.map { "\($0.section)/\($0.name)" }
        return Set(own + generatorKeys.map { "\(generatorSection)\(name)/\($0)" })
    }

    private static let folders = [
        key("Folders", "Inbox", \.folders.inbox, .path()),
        key("Folders", "Outbox", \.folders.outbox, .path()),
        key("Folders", "State", \.folders.state, .path()),
        key("Folders", "Presets", \.folders.presets, .path()),
        key("Folders", "Styles", \.folders.styles, .path()),
        key("Folders", "Archive", \.folders.archive, .path()),
        key("Folders", "Quarantine", \.folders.quarantine, .path()),
        key("Folders", "Albums", \.folders.albums, .choice),
    ]

    private static let intake = [
        key("Intake", "SettleTime", \.intake.settleTime, .duration(0.1...3600, "from 100 ms to 1 h")),
        key("Intake", "Quiet", \.intake.quiet, .duration(0.1...86400, "from 100 ms to 24 h")),
        key("Intake", "GiveUpAfter", \.intake.giveUpAfter, .duration(1...31_536_000, "from 1 s to 365 days")),
        key("Intake", "StalledAfter", \.intake.stalledAfter, .duration(1...31_536_000, "from 1 s to 365 days")),
        key("Intake", "Watch", \.intake.watch, .choice),
        key("Intake", "PollInterval", \.intake.pollInterval, .duration(0.1...3600, "from 100 ms to 1 h")),
        key("Intake", "ReconcileInterval", \.intake.reconcileInterval, .duration(1...604_800, "from 1 s to 7 days")),
        list("Intake", "Ignore", \.intake.ignore, .words("patterns for names, such as *.iso 'raw *'")),
        key("Intake", "Companions", \.intake.companions, .choice),
        key("Intake", "Duplicates", \.intake.duplicates, .choice),
        key("Intake", "AfterSuccess", \.intake.afterSuccess, .choice),
        key("Intake", "AfterFailure", \.intake.afterFailure, .choice),
    ]

    private static let highlight = [
        key("Highlight", "TargetDuration", \.options.targetDuration, targetDuration, preset: true),
        key("Highlight", "Length", \.options.length, .choice, preset: true),
        key("Highlight", "Aspect", \.options.aspects, .aspects, preset: true),
        key("Highlight", "Quality", \.options.quality, .choice, preset: true),
        key("Highlight", "Analysis", \.options.analysis, .choice, preset: true),
        key("Highlight", "Marks", \.options.marks, .choice, preset: true),
        key("Highlight", "Learn", \.options.learn, .choice, preset: true),
        key("Highlight", "Loudness", \.options.loudness, .loudness, preset: true),
        key("Highlight", "Transition", \.options.transition, .choice, preset: true),
        key("Highlight", "Hdr", \.options.hdr, .choice, preset: true),
        key("Highlight", "TitleCard", \.options.titleCard, .onOff, preset: true),
        key("Highlight", "EndCard", \.options.endCard, cardLine, preset: true),
        key("Highlight", "Style", \.options.style, styleName, preset: true),
        key("Highlight", "Language", \.options.language, .choice, preset: true),
        key("Highlight", "Captions", \.options.captions, .choice, preset: true),
        key("Highlight", "Shots", \.options.separateShots, .onOff, preset: true),
        key("Highlight", "Want", \.options.want, Wishes.kind, preset: true),
        key("Highlight", "Avoid", \.options.avoid, Wishes.kind, preset: true),
        key("Highlight", "Preset", \.preset, presetName.orNothing),
    ]

    private static let subjects = [
        key("Subjects", "Detect", \.options.subjects.detect, .choice, preset: true),
        key("Subjects", "Blur", \.options.subjects.blur, .choice, preset: true),
        key("Subjects", "Masks", \.options.subjects.masks, .choice, preset: true),
        list("Subjects", "Models", \.subjects.models, folder),
        key(
            "Subjects",
            "Describe",
            \.subjects.describe,
            .words("a command in words, such as /usr/local/bin/describe --short")
        ),
        key("Subjects", "DescribeTimeout", \.subjects.describeTimeout, .duration(1...86400, "from 1 s to 24 h")),
        key("Subjects", "DescribeNetwork", \.subjects.describeNetwork, .onOff),
    ]

    private static let limits = [
        key("Limits", "MaxSize", \.options.limits.maxSize, .size(from: 1, "of at least 1 byte"), preset: true),
        key(
            "Limits",
            "MaxDuration",
            \.options.limits.maxDuration,
            .time(1...1_000_000_000, "of at least 1 s", infinity: true),
            preset: true
        ),
        key("Limits", "MinDuration", \.options.limits.minDuration, .time(0...86400, "from 0 to 24 h"), preset: true),
        key("Limits", "MinWidth", \.options.limits.minWidth, .count(2...65536), preset: true),
        key("Limits", "MinHeight", \.options.limits.minHeight, .count(2...65536), preset: true),
        key("Limits", "MaxAlbum", \.intake.mostInAlbum, .count(1...5000)),
        key("Limits", "OutboxSize", \.storage.outboxSize, size(from: 1 << 20, "of at least 1M")),
        key("Limits", "Retention", \.storage.retention, retention),
        key("Limits", "FairShare", \.sharing.by, .choice),
        key("Limits", "PerOwnerJobs", \.sharing.running, jobs),
        key("Limits", "PerOwnerSize", \.sharing.size, size(from: 1, "of at least 1 byte")),
        key("Limits", "PerOwnerDuration", \.sharing.duration, dailyDuration),
    ]

    private static let workers = [
        key("Workers", "Count", \.workers.count, .count(1...64)),
        key("Workers", "Launcher", \.workers.launcher, .words("a command in words, such as nice -n 19")),
        key("Workers", "Memory", \.workers.memoryLimit, memory),
        key("Workers", "Sandbox", \.workers.sandbox, .choice),
        key("Workers", "Order", \.workers.order, .choice),
        key("Workers", "Hours", \.workers.hours, hours),
        key("Workers", "StallTimeout", \.workers.stallTimeout, .duration(1...86400, "from 1 s to 24 h")),
        key("Workers", "StopTimeout", \.workers.stopTimeout, .duration(1...3600, "from 1 s to 1 h")),
        key("Workers", "Program", \.workers.program, ValueKind<FilePath>.path().orNothing),
    ]

    private static let status = [
        key(
            "Status",
            "Socket",
            \.status.socket,
            .path(longest: 107, "an absolute path of at most 107 bytes without '..'")
        ),
        key("Status", "Mode", \.status.mode, .mode),
        key("Status", "Group", \.status.group, groupName.orNothing),
    ]

    private static let hooks: [SettingKey] =
        HookKind.allCases.map { kind in key("Hooks", kind.key, \.hooks[kind], hookCommand) }
        + [key("Hooks", "TimeLimit", \.hooks.timeLimit, .duration(1...86400, "from 1 s to 24 h"))]

    private static let hookCommand = ValueKind<[String]>.words("a command in words, such as /usr/local/bin/tell --all")

    static let targetDuration = ValueKind<Double>.time(1...86400, "from 1 s to 24 h")

    private static let folder: ValueKind<[FilePath]> = {
        let path = ValueKind<FilePath>.path()
        return ValueKind(allowed: path.allowed) { bytes in path.read(bytes).map { [$0] } }
    }()

    private static let cardLine = ValueKind<String?>.text(
        "one line of at most 200 characters without control characters, or off"
    ) { text in
        if Units.onOff(text) == false { return .some(nil) }
        return text.count <= 200 && Escaping.line(text).utf8.elementsEqual(text.utf8) ? .some(text) : nil
    }

    private static let presetName = ValueKind<String>.text("the name of a file in the presets folder, without .conf") {
        ConfName.isName(Array($0.utf8)) ? $0 : nil
    }

    private static let styleName = ValueKind<StyleName>.text(StyleName.allowed) { StyleName(rawValue: $0) }

    private static let groupName = ValueKind<String>.text("the name or number of a group") { text in
        let isPlain = text.utf8.allSatisfy { $0 > 32 && $0 < 127 && $0 != UInt8(ascii: ":") }
        return isPlain && (1...64).contains(text.utf8.count) ? text : nil
    }

    /// A size, or no limit for "infinity".
    private static func size(from least: Int64, _ words: String) -> ValueKind<Int64?> {
        let size = ValueKind<Int64>.size(from: least, words)
        return ValueKind(allowed: size.allowed) { bytes in size.read(bytes).map { $0 == .max ? nil : $0 } }
    }

    private static let memory: ValueKind<MemoryLimit> = {
        let bounded = size(from: 64 << 20, "of at least 64M")
        return ValueKind(allowed: "auto, or \(bounded.allowed)") { bytes in
            if bytes.elementsEqual("auto".utf8) { return .auto }
            return bounded.read(bytes).map { $0.map(MemoryLimit.bytes) ?? .unlimited }
        }
    }()

    private static let jobs: ValueKind<Int?> = {
        let number = ValueKind<Int>.count(1...64)
        return ValueKind(allowed: number.allowed + ", or infinity") { bytes in
            bytes.elementsEqual("infinity".utf8) ? .some(nil) : number.read(bytes).map { .some($0) }
        }
    }()

    private static let dailyDuration: ValueKind<Duration?> = {
        let time = ValueKind<Double>.time(1...1_000_000_000, "of at least 1 s", infinity: true)
        return ValueKind(allowed: time.allowed) { bytes in
            time.read(bytes).map { $0 == 1_000_000_000 ? nil : .seconds($0) }
        }
    }()

    private static let retention: ValueKind<Duration?> = {
        let time = ValueKind<Double>.time(60...1_000_000_000, "of at least 1 min", infinity: true)
        return ValueKind(allowed: time.allowed) { bytes in
            time.read(bytes).map { $0 == 1_000_000_000 ? nil : .seconds($0) }
        }
    }()

    private static let hours = ValueKind<DailyHours?>.text("stretches of the day, such as 22:00-06:00 12:30-13:30") {
        text in DailyHours(text.split(separator: " ").map(String.init)).map { .some($0) }
    }

    static func key<Value>(
        _ section: String,
        _ name: String,
        _ field: any WritableKeyPath<Settings, Value> & Sendable,
        _ kind: ValueKind<Value>,
        preset: Bool = false
    ) -> SettingKey {
        SettingKey(section: section, name: name, allowed: kind.allowed, isForPresets: preset) { settings, bytes in
            guard let value = kind.read(bytes) else { return false }
            settings[keyPath: field] = value
            return true
        } reset: { settings, defaults in
            settings[keyPath: field] = defaults[keyPath: field]
        }
    }

    /// A key whose repetitions add up, as those of systemd's lists do.
    static func list<Element>(
        _ section: String,
        _ name: String,
        _ field: any WritableKeyPath<Settings, [Element]> & Sendable,
        _ kind: ValueKind<[Element]>
    ) -> SettingKey {
        SettingKey(section: section, name: name, allowed: kind.allowed, isForPresets: false) { settings, bytes in
            guard let more = kind.read(bytes) else { return false }
            settings[keyPath: field] += more
            return true
        } reset: { settings, defaults in
            settings[keyPath: field] = defaults[keyPath: field]
        }
    }
}
