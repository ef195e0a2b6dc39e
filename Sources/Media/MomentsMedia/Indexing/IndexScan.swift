internal import MomentsCore

/// What reading all packets of a file notes besides the index, until its times are settled.
struct IndexScan: Sendable {
    let traits: ContainerTraits
    var builder: TimelineBuilder
    /// The bytes at which each video track's packets start; −1 where unknown.
    private(set) var places: [Int: [Int64]] = [:]
    /// The numbers that coders gave pictures in the order shown, where the container has no times for that.
    private(set) var numbers: [Int: [Int32]] = [:]
    /// The numbers of packets without any time.
    private(set) var timeless: [Int: Set<Int>] = [:]

    /// Tells whether pictures keep up with the sound beside them, where the container has no times for that.
    private(set) var fit = RateFit()
    /// The two tracks that are compared.
    private(set) var fitted: (video: Int?, audio: Int?) = (nil, nil)

    init(_ streams: [StreamDescription], _ traits: ContainerTraits) {
        self.traits = traits
        var clocks: [Int: TrackClock] = [:]
        for stream in streams where stream.timeBase.isPositive && !stream.isAttachedPicture {
            guard stream.kind == .video || stream.kind == .audio else { continue }
            clocks[stream.index] = TrackClock(
                base: stream.timeBase,
                isVideo: stream.kind == .video,
                hasDecodingTimes: traits.hasDecodingTimes,
                isJoined: traits.isJoined
            )
        }
        builder = TimelineBuilder(.init(isJoined: traits.isJoined), clocks: clocks)
    }

    /// Notes a packet; `number` is the coder's own of a picture.
    mutating func add(_ packet: PacketTimes, isVideo: Bool, number: Int32?) {
        var packet = packet
        if !traits.hasPlaces { packet.position = nil }
        builder.add(packet)
        if !traits.hasShownTimes, !traits.isBare { compare(packet, isVideo: isVideo) }
        guard isVideo else { return }
        if packet.clock == nil { timeless[packet.track, default: []].insert(places[packet.track]?.count ?? 0) }
        places[packet.track, default: []].append(packet.position ?? -1)
        if !traits.hasShownTimes { numbers[packet.track, default: []].append(number ?? 0) }
    }

    private mutating func compare(_ packet: PacketTimes, isVideo: Bool) {
        guard let clock = packet.clock, let position = packet.position, let base = builder.clocks[packet.track]?.base
        else { return }
        // One of several tracks of a kind would only blur the picture.
        let known = isVideo ? fitted.video : fitted.audio
        if let known, known != packet.track { return }
        if isVideo { fitted.video = packet.track } else { fitted.audio = packet.track }
        fit.add(isVideo: isVideo, position: position, seconds: Double(clock) * base.value)
    }
}
