public import MomentsCore
internal import MomentsSystem

/// Reads what a video's owner, or its camera, marked in it: in the file itself, in what lies beside it, and in where it lies.
///
/// All of it was written by strangers: what makes no sense is no mark, and nothing that is wrong with it ends a job.
public enum MarkReader {
    /// Reads the marks of a video.
    ///
    /// - Parameters:
    ///   - source: The video.
    ///   - companions: What lies beside it.
    /// - Returns: The marks within the video, in rising order.
    public static func marks(of source: MediaSource, beside companions: [FilePath]) -> [Mark] {
        let rate = source.frameRate.isPositive ? source.frameRate.value : 25
        var marks = chapters(source)
        for (path, range) in source.parts {
            let start = range.start.seconds
            if let file = try? BoxFile(path) {
                marks += ((try? GoProMarks.seconds(in: file)) ?? []).map { Mark(.hilight, at: $0 + start) }
                for packet in (try? packets(in: file)) ?? [] {
                    marks += XMPMarks.marks(in: packet, rate: rate).map {
                        Mark($0.kind, at: $0.start + start, end: $0.end + start, title: $0.title)
                    }
                }
            }
            if AlarmFolder.holds(path) { marks.append(Mark(.event, at: start, end: range.end.seconds)) }
        }
        for companion in companions {
            switch companion.name.text.lowercased().split(separator: ".").last {
            case "xml":
                marks += SonyMarks.seconds(in: notes(companion), rate: rate).map { Mark(.shotMark, at: $0) }
            case "xmp": marks += XMPMarks.marks(in: notes(companion), rate: rate)
            default: break
            }
        }
        let duration = source.duration.seconds
        return tidied(marks, duration: duration)
    }

    /// Marks that are kept.
    private static let most = 2000
    /// The largest notes that are read, in bytes.
    private static let largest: Int64 = 8 << 20
    /// Boxes that are looked into for one.
    private static let mostPackets = 8
    /// Seconds within which two marks of a kind are one, written twice.
    private static let same = 0.1
    /// The kind of box that Adobe puts XMP into.
    private static let adobe: [UInt8] = [
        0xBE, 0x7A, 0xCF, 0xCB, 0x97, 0xA9, 0x42, 0xE8, 0x9C, 0x71, 0x99, 0x94, 0x91, 0xE3, 0xAF, 0xAC,
    ]

    /// Chapters, but the one every list begins with, and none that a program put at even distances.
    private static func chapters(_ source: MediaSource) -> [Mark] {
        let all = source.chapters.map(\.start.seconds)
        let distances = zip(all, all.dropFirst()).map { $1 - $0 }
        if distances.count >= 4, let most = distances.max(), let least = distances.min(), most - least < 0.01 * most {
            return []
        }
        return source.chapters.filter { $0.start.seconds > 0.5 }.map {
            Mark(.chapter, at: $0.start.seconds, title: $0.title)
        }
    }

    /// The packets of XMP in a file.
    private static func packets(in file: borrowing BoxFile) throws(SystemError) -> [[UInt8]] {
        var packets: [[UInt8]] = []
        for box in try file.boxes().filter({ $0.isOf("uuid") }).prefix(mostPackets) {
            let content = try file.content(of: box)
            if content.starts(with: adobe) { packets.append(Array(content.dropFirst(adobe.count))) }
        }
        if let box = try file.find("moov", "udta", "XMP_") { packets.append(try file.content(of: box)) }
        return packets
    }

    private static func notes(_ path: FilePath) -> [UInt8] {
        guard let file = try? Descriptor.openRegular(path), let size = try? file.status(path).size, size <= largest
        else { return [] }
        return (try? file.read(Int(size), at: 0, of: path)) ?? []
    }

    /// In rising order, each once, none outside the video.
    private static func tidied(_ marks: [Mark], duration: Double) -> [Mark] {
        let inside = marks.filter { $0.start.isFinite && $0.end.isFinite && $0.start >= 0 && $0.start <= duration + 1 }
        let bounded = inside.map {
            Mark($0.kind, at: min($0.start, duration), end: min($0.end, duration), title: $0.title)
        }
        var kept: [Mark] = []
        for mark in bounded.sorted(by: { ($0.start, $0.end) < ($1.start, $1.end) }) where kept.count < most {
            let isKnown = kept.suffix(8).contains { $0.kind == mark.kind && abs($0.start - mark.start) < same }
            if !isKnown { kept.append(mark) }
        }
        // libav makes a chapter of each HiLight.
        let others = kept.filter { $0.kind != .chapter && $0.kind != .event }
        guard !others.isEmpty else { return kept }
        return kept.filter { mark in
            mark.kind != .chapter || !others.contains { abs($0.start - mark.start) < same }
        }
    }
}
