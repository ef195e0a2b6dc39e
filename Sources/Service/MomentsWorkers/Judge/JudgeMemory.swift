internal import FoundationEssentials
internal import MomentsCore
internal import MomentsSystem

/// What judges have said before, so that nobody is asked twice.
///
/// One file for each video, command and wish. While a judge is at work its answer grows in a file that it holds locked:
/// should we end before it does, whoever comes next waits for it.
struct JudgeMemory: Sendable {
    /// What was said of a video.
    private struct Record: Codable {
        var schema = "momentsd.verdicts/1"
        var verdicts: [Verdict]
    }

    private struct Subject: Encodable {
        let content: String
        let command: [FilePath]
        let want: String?
    }

    let folder: FilePath
    /// More videos than these are not remembered.
    private static let most = 2000
    /// The largest file of verdicts that is read, in bytes.
    private static let largest = 32 << 20

    /// The name a question's subject is remembered by.
    static func key(of question: JudgeQuestion, content: String, command: [FilePath]) -> String {
        digest(Subject(content: content, command: command, want: question.want))
    }

    /// The name a question itself has, whatever job asks it.
    static func name(of question: JudgeQuestion, key: String) -> String {
        digest([key] + question.windows.map { "\($0.id) \($0.start) \($0.end)" })
    }

    private static func digest(_ value: some Encodable) -> String {
        var digest = SHA256()
        digest.update([UInt8]((try? MomentsJSON.line(value)) ?? Data()))
        return digest.finish()
    }

    /// What is known of windows; nil where it is not known of each.
    func verdicts(on windows: [JudgeQuestion.Window], _ key: String) -> [Verdict]? {
        let known = record(key)
        var found: [Verdict] = []
        for window in windows {
            let parts = known.map { (verdict: $0, seconds: min($0.end, window.end) - max($0.start, window.start)) }
                .filter { $0.seconds > 0 }
            let seconds = parts.reduce(0) { $0 + $1.seconds }
            guard seconds >= Self.enough * (window.end - window.start),
                let most = parts.max(by: { ($0.seconds, $1.verdict.start) < ($1.seconds, $0.verdict.start) })
            else { return nil }
            let sum = parts.reduce(0) { $0 + $1.verdict.score * $1.seconds }
            found.append(
                Verdict(start: window.start, end: window.end, score: sum / seconds, reason: most.verdict.reason)
            )
        }
        return found
    }

    /// The share of a window that has to be known.
    private static let enough = 0.9

    /// Keeps what was said.
    func keep(_ verdicts: [Verdict], _ key: String) {
        let starts = Set(verdicts.map(\.start))
        let all = record(key).filter { !starts.contains($0.start) } + verdicts
        guard let content = try? MomentsJSON.line(Record(verdicts: all.sorted { $0.start < $1.start })) else { return }
        _ = try? AtomicFile.replace(file(key), with: content, mode: 0o600)
        try? tidy()
    }

    private func record(_ key: String) -> [Verdict] {
        guard let bytes = try? Descriptor.openRegular(file(key)).read(Self.largest, at: 0, of: file(key)) else {
            return []
        }
        return (try? MomentsJSON.decode(Record.self, from: Data(bytes)))?.verdicts ?? []
    }

    private func file(_ key: String) -> FilePath { folder.appending(FilePath("\(key).verdicts")) }

    /// Makes the folder, and forgets what is oldest.
    func tidy() throws(SystemError) {
        try Folder.make(folder, mode: 0o700)
        let entries = try Folder.entries(of: try Descriptor.open(folder, 0), path: folder)
            .sorted { $0.status.modified < $1.status.modified }
        for entry in entries.dropLast(Self.most) where entry.status.kind == .regular {
            try? Folder.removeFile(folder.appending(entry.name))
        }
    }
}
