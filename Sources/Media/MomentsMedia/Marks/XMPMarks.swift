internal import MomentsCore

/// Markers in XMP, as Adobe's programs write them into a video or beside it (XMP Specification Part 2, xmpDM:markers).
enum XMPMarks {
    /// Reads them.
    ///
    /// - Parameters:
    ///   - bytes: The packet.
    ///   - rate: The video's frames a second, for markers that name no rate of their own; positive.
    /// - Returns: The markers in the packet's order.
    static func marks(in bytes: [UInt8], rate: Double) -> [Mark] {
        var scanner = XMLScanner(bytes)
        var marks: [Mark] = []
        // The rate of the track whose markers follow.
        var (track, depth, element): (Double?, Int, String) = (nil, 0, "")
        var values: [String: String] = [:]
        func finish() {
            if let mark = mark(values, rate: track ?? rate) { marks.append(mark) }
            values = [:]
        }
        while let part = scanner.next(), marks.count < most {
            switch part {
            case .open(let name, let attributes):
                element = name
                if let text = attributes["xmpDM:frameRate"] { track = Self.rate(text) }
                if name == "xmpDM:markers" { depth += 1 }
                guard depth > 0 else { continue }
                if name == "rdf:li" { values = [:] }
                values.merge(attributes) { _, new in new }
            case .text(let text):
                if element == "xmpDM:frameRate" { track = Self.rate(text) }
                if depth > 0 { values[element] = text }
            case .close(let name):
                if name == "xmpDM:markers" { depth = max(0, depth - 1) }
                if depth > 0, name == "rdf:li" { finish() }
                element = ""
            }
        }
        return marks
    }

    private static let most = 4096
    /// What a marker may be for to say that something is worth seeing: others are words, and cue points of programs.
    private static let kinds: Set<String> = ["Comment", "Chapter", "Index", "Cue"]

    private static func mark(_ values: [String: String], rate: Double) -> Mark? {
        guard let start = values["xmpDM:startTime"].flatMap({ seconds($0, rate) }) else { return nil }
        if let type = values["xmpDM:type"], !kinds.contains(type) { return nil }
        let length = values["xmpDM:duration"].flatMap { seconds($0, rate) } ?? 0
        let title = [values["xmpDM:name"], values["xmpDM:comment"]].compactMap { $0 }.first { !$0.isEmpty }
        return Mark(.marker, at: start, end: start + length, title: title)
    }

    /// A number of frames, with or without their rate: "250", "250f25", "250f30000s1001".
    private static func seconds(_ text: String, _ rate: Double) -> Double? {
        let parts = text.split(separator: "f", maxSplits: 1, omittingEmptySubsequences: false)
        guard let frames = Int64(parts[0]), frames >= 0 else { return nil }
        guard parts.count == 2 else { return Double(frames) / rate }
        return self.rate("f" + parts[1]).map { Double(frames) / $0 }
    }

    /// Frames a second: "f25", "f30000s1001".
    private static func rate(_ text: String) -> Double? {
        guard text.hasPrefix("f") else { return nil }
        let parts = text.dropFirst().split(separator: "s", maxSplits: 1, omittingEmptySubsequences: false)
        guard let frames = Int64(parts[0]), frames > 0 else { return nil }
        guard parts.count == 2 else { return Double(frames) }
        return Int64(parts[1]).flatMap { $0 > 0 ? Double(frames) / Double($0) : nil }
    }
}
