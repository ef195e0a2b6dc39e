internal import MomentsCore
internal import MomentsStills
internal import MomentsSystem
internal import MomentsTestSupport

/// A still as other programs see it.
struct Shown {
    let path: FilePath

    init(_ still: Still) throws {
        path = ScratchFolder.path.appending("still-\(UInt64.random(in: .min ... .max)).jpg")
        try AtomicFile.replace(path, with: still.bytes, durable: false)
    }

    /// Width and height, as "320x180".
    var size: String {
        get throws { try TestMedia.probe(path, "stream=width,height").joined(separator: "x") }
    }

    /// What the frame is mostly: "red", "green" or "blue".
    var color: String {
        get throws {
            let tags = ["U", "V"].map { "lavfi.signalstats.\($0)AVG" }.joined(separator: ",")
            let text = try Tool.run(
                "ffprobe",
                [
                    "-v", "error", "-f", "lavfi", "-i", "movie=\(path.text),signalstats",
                    "-show_entries", "frame_tags=\(tags)", "-of", "default=nw=1:nk=1",
                ]
            )
            let levels = text.split(separator: "\n").compactMap { Double($0) }
            if levels[1] > 150 { return "red" }
            return levels[0] > 150 ? "blue" : "green"
        }
    }
}
