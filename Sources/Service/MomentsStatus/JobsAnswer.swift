internal import MomentsCore

/// The answer of `/jobs`: each job's text is written once and then kept, as long as the job does not change.
struct JobsAnswer {
    /// The document.
    let bytes: [UInt8]

    /// No answer is larger than this and one job, in bytes; the rest is on the next page.
    static let largest = 8 << 20

    /// Writes one page; nil where a job cannot be written.
    init?(_ board: StatusBoard, _ query: JobsQuery) {
        let (shown, total) = board.look { state in
            let (names, total) = state.index.page(query.statuses, offset: query.offset, limit: query.limit)
            return (names.compactMap { state.jobs[$0] }, total)
        }
        var jobs: [UInt8] = []
        var count = 0
        for job in shown where jobs.count < Self.largest {
            guard let text = job.text ?? Self.text(of: job.manifest) else { return nil }
            if job.text == nil { board.keep(text, of: job.manifest) }
            jobs += (count == 0 ? "\n" : ",\n").utf8
            jobs += text
            count += 1
        }
        // Where there was no room for all, the limit tells how many the answer holds, and so where the next page begins.
        let limit = count < shown.count ? count : query.limit
        let end = "\n  ],\n  \"limit\" : \(limit),\n  \"offset\" : \(query.offset),\n  \"total\" : \(total)\n}\n"
        bytes = Array("{\n  \"jobs\" : [".utf8) + jobs + Array(end.utf8)
    }

    /// A job as it stands inside the list, indented by four.
    private static func text(of manifest: Manifest) -> [UInt8]? {
        guard let document = try? MomentsJSON.document(manifest) else { return nil }
        let blanks = [UInt8](repeating: UInt8(ascii: " "), count: 4)
        var text: [UInt8] = []
        text.reserveCapacity(document.count * 2)
        for line in [UInt8](document).split(separator: UInt8(ascii: "\n")) {
            if !text.isEmpty { text.append(UInt8(ascii: "\n")) }
            text += blanks
            text += line
        }
        return text
    }
}
