internal import CLibAV
internal import MomentsCore

/// The files of a recording that each have a clock of their own, read as one: each goes on where the pictures of the one
/// before it end.
///
/// When they are read for the first time, from the start, where that is is found out. Used on one thread.
final class PartLine {
    /// The files, with what is known of their times by now.
    private(set) var files: SourceFiles
    /// The one that is being read.
    private(set) var current: OpenFile
    /// The bytes of all files.
    let size: Int64

    private let first: OpenFile
    private let sizes: [Int64]
    private let parameters: StreamParameters
    private let bases: [Rational]
    /// The stream whose pictures say where a file ends.
    private let video: Int
    private let interrupt: Interrupt
    private var number = 0
    /// The end of the pictures read so far, in ticks of their stream.
    private var end: Int64?
    /// Whether nothing but the container says how long the last of them is shown.
    private var lacksEnd = false
    private var shifts: [Int64]
    private var wanted: Set<Int>?

    /// Pictures of a file's beginning that are looked at for the one shown first.
    private static let lookedAt = 20
    /// Packets within which they must come.
    private static let nearby = 2000

    init(_ files: SourceFiles, _ first: OpenFile, interrupt: Interrupt) throws {
        guard let parameters = StreamParameters(first.context) else {
            throw MediaError.unfit("files of its kind cannot be read as one")
        }
        let streams = (0..<Int(first.context.pointee.nb_streams)).compactMap { index in
            first.context.pointee.streams[index].map { StreamDescription($0.pointee) }
        }
        guard let video = streams.first(where: { $0.kind == .video && !$0.isAttachedPicture }) else {
            throw MediaError.unfit("its first file shows no pictures")
        }
        (self.files, self.parameters, self.interrupt) = (files, parameters, interrupt)
        (self.first, current) = (first, first)
        (self.video, bases) = (video.index, streams.map(\.timeBase))
        sizes = try files.paths.map { path in try FileReader([path], interrupt: interrupt).size }
        size = sizes.reduce(0, +)
        shifts = Array(repeating: 0, count: streams.count)
    }

    /// Puts a packet of the file that is being read onto the line.
    func place(_ packet: borrowing Packet) {
        let index = packet.streamIndex
        guard bases.indices.contains(index), let stream = current.context.pointee.streams[index] else { return }
        if Rational(stream.pointee.time_base) != bases[index] {
            av_packet_rescale_ts(packet.raw, stream.pointee.time_base, bases[index].raw)
        }
        packet.move(by: shifts[index], bytes: sizes[..<number].reduce(0, +))
        guard index == video, !packet.isDiscarded, let time = packet.pts ?? packet.dts else { return }
        if time &+ packet.duration >= end ?? time {
            (end, lacksEnd) = (time &+ packet.duration, packet.duration == 0)
        }
    }

    /// Goes on with the next file; false where there is none.
    func advance() throws -> Bool {
        guard number + 1 < files.parts.count else { return false }
        try enter(number + 1)
        return true
    }

    /// Opens the file that shows a time on the line.
    func go(to time: MediaTime) throws {
        let next = files.parts.lastIndex { $0.entry.map { $0 <= time } ?? false } ?? 0
        if next != number { try enter(next) }
    }

    /// The time on the clock of the file that is being read that stands for one on the line.
    func clock(of timestamp: Int64, stream: Int) -> Int64 {
        guard bases.indices.contains(stream), let raw = current.context.pointee.streams[stream] else {
            return timestamp
        }
        return av_rescale_q(timestamp &- shifts[stream], bases[stream].raw, raw.pointee.time_base)
    }

    /// Reads only the packets of these streams from now on.
    func want(only indices: Set<Int>) {
        wanted = indices
        current.discard(allBut: indices)
    }

    private func enter(_ next: Int) throws {
        let path = files.parts[next].path
        let opened = next == 0 ? first : try OpenFile([path], known: parameters, interrupt: interrupt)
        guard parameters.fits(opened.context) else {
            throw MediaError.unfit("'\(path.name.display)' is coded in another way than the files before it")
        }
        if next == 0 {
            // Where reading ended in it is not known any more.
            _ = av_seek_frame(opened.context, -1, 0, AVSEEK_FLAG_BACKWARD)
        } else if files.parts[next].shift == nil {
            try learn(next)
        }
        (current, number) = (opened, next)
        let shift = files.parts[next].shift ?? .zero
        shifts = bases.map { $0.isPositive ? shift.timestamp(in: $0) : 0 }
        if let wanted { current.discard(allBut: wanted) }
    }

    /// When the last picture of the file that is being read has been shown.
    private var endShown: Int64? {
        guard let end, lacksEnd, let raw = current.context.pointee.streams[video],
            let declared = StreamDescription(raw.pointee).declaredEnd
        else { return end }
        let whole = av_rescale_q(declared, raw.pointee.time_base, bases[video].raw) &+ shifts[video]
        return (end...end &+ bases[video].denominator).contains(whole) ? whole : end
    }

    /// Finds out where a file belongs, once the one before it was read to its end.
    private func learn(_ next: Int) throws {
        let path = files.parts[next].path
        let file = try OpenFile([path], known: parameters, interrupt: interrupt)
        let packet = try Packet()
        var (shown, decoded): (Int64?, Int64?)
        var (seen, read) = (0, 0)
        while seen < Self.lookedAt, read < Self.nearby, av_read_frame(file.context, packet.raw) >= 0 {
            read += 1
            if packet.streamIndex == video, let time = packet.pts ?? packet.dts {
                seen += 1
                decoded = decoded ?? packet.dts ?? time
                if !packet.isDiscarded { shown = min(shown ?? time, time) }
            }
            av_packet_unref(packet.raw)
        }
        guard let shown, let decoded, let raw = file.context.pointee.streams[video], let end = endShown else {
            throw MediaError.unfit("'\(path.name.display)' or the file before it shows no pictures")
        }
        let base = bases[video]
        func time(_ ticks: Int64) -> Int64 { av_rescale_q(ticks, raw.pointee.time_base, base.raw) }
        files.parts[next].start = MediaTime(timestamp: end, base: base)
        files.parts[next].shift = MediaTime(timestamp: end &- time(shown), base: base)
        files.parts[next].entry = MediaTime(timestamp: end &- time(shown) &+ time(decoded), base: base)
    }
}

extension OpenFile {
    /// Leaves out the packets of all streams but these.
    func discard(allBut indices: Set<Int>) {
        for index in 0..<Int(context.pointee.nb_streams) {
            context.pointee.streams[index]?.pointee.discard =
                indices.contains(index) ? AVDISCARD_DEFAULT : AVDISCARD_ALL
        }
    }
}
