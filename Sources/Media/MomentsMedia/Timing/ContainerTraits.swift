internal import CLibAV

/// What a kind of container says of times, and how it can be searched.
struct ContainerTraits: Hashable, Sendable {
    /// Whether recordings of this kind are joined byte by byte, each with a clock of its own.
    let isJoined: Bool
    /// Whether reading can begin at any byte.
    let isEnteredByBytes: Bool
    /// Whether it says when packets are decoded.
    let hasDecodingTimes: Bool
    /// Whether it says when packets are shown.
    let hasShownTimes: Bool
    /// Whether it says at which byte a packet starts.
    let hasPlaces: Bool
    /// Whether it is a mere row of coded pictures, without any clock.
    let isBare: Bool

    init(_ format: UnsafePointer<AVInputFormat>) {
        let names = format.pointee.name.map { String(cString: $0).split(separator: ",").map(String.init) } ?? []
        func isOne(of known: [String]) -> Bool { names.contains { known.contains($0) } }
        hasPlaces = !isOne(of: ["jpeg_pipe"])
        isBare = !hasPlaces || isOne(of: ["h264", "hevc", "m4v", "mpegvideo", "mjpeg", "obu"])
        isJoined = format.pointee.flags & AVFMT_TS_DISCONT != 0
        isEnteredByBytes =
            format.pointee.flags & AVFMT_NO_BYTE_SEEK == 0 && hasPlaces
            && (isBare && !isOne(of: ["obu"]) || isOne(of: ["mpegts", "mpeg"]))
        hasDecodingTimes = !isBare && !isOne(of: ["matroska", "webm", "ogg"])
        hasShownTimes = !isBare && !isOne(of: ["avi"])
    }
}
