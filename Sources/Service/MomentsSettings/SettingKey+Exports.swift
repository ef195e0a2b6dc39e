internal import MomentsCore

extension SettingKey {
    static let transcript = [
        key("Transcript", "Command", \.transcript.command, .words("a command in words, such as transcribe --fast")),
        key("Transcript", "Timeout", \.transcript.timeout, .duration(1...86400, "from 1 s to 24 h")),
    ]

    static let judge = [
        key("Judge", "Command", \.judge.command, .words("a command in words, such as /usr/local/bin/judge --fast")),
        key("Judge", "Timeout", \.judge.timeout, .duration(1...86400, "from 1 s to 24 h")),
        key("Judge", "MaxConcurrent", \.judge.maxConcurrent, .count(1...16)),
        key("Judge", "Network", \.judge.network, .onOff),
        key("Judge", "Ask", \.options.judge, .onOff, preset: true),
    ]

    static let stills: [SettingKey] =
        [key("Stills", "Format", \.options.stills.format, .choice, preset: true)]
        + StillKind.allCases.map { kind in
            key("Stills", kind.key, \.options.stills[kind], .onOff, preset: true)
        }

    static let exports = [
        key("Exports", "Timelines", \.options.exports.timelines, timelines, preset: true),
        list("Exports", "PathMap", \.options.exports.pathMap, pathMap),
        key("Exports", "Report", \.options.exports.report, .onOff, preset: true),
        key("Exports", "Trickplay", \.options.exports.trickplay, .onOff, preset: true),
        key("Exports", "MediaCenter", \.options.exports.mediaCenter, .choice, preset: true),
        key("Exports", "Gallery", \.gallery, .onOff),
        key("Exports", "Signals", \.options.explain, .onOff, preset: true),
    ]

    private static let timelines: ValueKind<[TimelineFormat]> = {
        let names = TimelineFormat.allCases.map(\.rawValue).joined(separator: ", ")
        return .text("words of \(names), or off") { text in
            if Units.onOff(text) == false { return [] }
            let wanted = text.split(separator: " ").map { TimelineFormat(rawValue: String($0)) }
            let known = wanted.compactMap { $0 }
            guard !known.isEmpty, known.count == wanted.count else { return nil }
            return TimelineFormat.allCases.filter(known.contains)
        }
    }()

    private static let pathMap = ValueKind<[PathMapping]>.text(
        "FOLDER:FOLDER, an absolute folder here and where editors see it, such as /srv/momentsd/inbox:/Volumes/inbox"
    ) { text in PathMapping(text: text).map { [$0] } }
}
