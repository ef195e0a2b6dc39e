internal import MomentsCore

extension SettingKey {
    static let voice = [
        key(
            "Voice",
            "Command",
            \.engines.voice.command,
            .words("a command in words, such as espeak-ng -v {lang} --stdout")
        ),
        key("Voice", "Timeout", \.engines.voice.timeout, .duration(1...3600, "from 1 s to 1 h")),
        key("Voice", "Network", \.engines.voice.network, .onOff),
    ]

    static let planner = [
        key(
            "Planner",
            "Command",
            \.engines.planner.command,
            .words("a command in words, such as /usr/local/bin/plan --short")
        ),
        key("Planner", "Timeout", \.engines.planner.timeout, .duration(1...86400, "from 1 s to 24 h")),
        key("Planner", "Network", \.engines.planner.network, .onOff),
    ]

    /// What a section of a generator begins with.
    static let generatorSection = "Generator "

    /// The keys a generator has, by the names they have in any generator's section.
    static let generatorKeys = [
        "Command", "Timeout", "MaxConcurrent", "Network", "Takes", "MaxFrames", "FrameRate", "Memory",
    ]

    /// A key of a generator's section, such as `[Generator dream]`; nil where the name is none.
    static func ofGenerator(_ key: String, in section: String) -> SettingKey? {
        let name = String(section.dropFirst(generatorSection.count))
        guard section.hasPrefix(generatorSection), EngineSettings.Generator.isName(name) else { return nil }
        switch key {
        case "Command":
            return of(name, key, \.command, .words("a command in words, such as /usr/local/bin/dream --fast"))
        case "Timeout": return of(name, key, \.timeout, .duration(1...86400, "from 1 s to 24 h"))
        case "MaxConcurrent": return of(name, key, \.maxConcurrent, .count(1...16))
        case "Network": return of(name, key, \.network, .onOff)
        case "Takes": return of(name, key, \.takes, inputs)
        case "MaxFrames": return of(name, key, \.maxFrames, frames)
        case "FrameRate": return of(name, key, \.frameRate, .count(1...120))
        case "Memory": return of(name, key, \.memory, memoryText)
        default: return nil
        }
    }

    private static func of<Value>(
        _ name: String,
        _ key: String,
        _ field: any WritableKeyPath<EngineSettings.Generator, Value> & Sendable,
        _ kind: ValueKind<Value>
    ) -> SettingKey {
        SettingKey(section: generatorSection + name, name: key, allowed: kind.allowed, isForPresets: false) {
            settings,
            bytes in
            guard let value = kind.read(bytes) else { return false }
            let place = settings.engines.place(ofGenerator: name)
            settings.engines.generators[place][keyPath: field] = value
            return true
        } reset: { settings, _ in
            let place = settings.engines.place(ofGenerator: name)
            settings.engines.generators[place][keyPath: field] = EngineSettings.Generator(name: name)[keyPath: field]
        }
    }

    private static let inputs = ValueKind<[GeneratorCard.Input]>.text("text, image, or both") { text in
        let words = text.split { $0 == " " || $0 == "," }.map { GeneratorCard.Input(rawValue: String($0)) }
        let inputs = words.compactMap { $0 }
        return inputs.count == words.count && (1...2).contains(inputs.count) && Set(inputs).count == inputs.count
            ? inputs : nil
    }

    private static let frames: ValueKind<Int?> = {
        let count = ValueKind<Int>.count(1...1_000_000)
        return ValueKind(allowed: count.allowed + ", or infinity") { bytes in
            bytes.elementsEqual("infinity".utf8) ? .some(nil) : count.read(bytes).map { .some($0) }
        }
    }()

    private static let memoryText = ValueKind<String?>.text("at most 40 characters, such as 12 GB of video memory") {
        text in
        text.count <= 40 && Escaping.line(text).utf8.elementsEqual(text.utf8) ? .some(text) : nil
    }
}
