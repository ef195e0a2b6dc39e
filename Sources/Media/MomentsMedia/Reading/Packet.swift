package import CLibAV
internal import MomentsCore

/// One compressed piece of a stream; reused for every piece read.
public struct Packet: ~Copyable {
    package let raw: UnsafeMutablePointer<AVPacket>

    /// Makes an empty packet.
    public init() throws {
        guard let raw = av_packet_alloc() else { throw MediaError("make", "a packet", code: moments_averror(ENOMEM)) }
        self.raw = raw
    }

    deinit {
        var raw: UnsafeMutablePointer<AVPacket>? = raw
        av_packet_free(&raw)
    }

    /// The stream it belongs to.
    public var streamIndex: Int { Int(raw.pointee.stream_index) }

    /// Whether decoding can start here.
    public var isKeyframe: Bool { raw.pointee.flags & AV_PKT_FLAG_KEY != 0 }

    /// Whether it is decoded only for the sake of later ones (before an edit list's start).
    public var isDiscarded: Bool { raw.pointee.flags & AV_PKT_FLAG_DISCARD != 0 }

    /// Its length in bytes.
    public var size: Int { Int(raw.pointee.size) }

    /// Whether it is encrypted and no key is known.
    public var isEncrypted: Bool {
        av_packet_get_side_data(raw, AV_PKT_DATA_ENCRYPTION_INFO, nil) != nil
    }

    /// When it is shown, on the stream's clock; nil where the file does not say.
    public var pts: Int64? { raw.pointee.pts == moments_av_nopts ? nil : raw.pointee.pts }

    /// When it is decoded, on the stream's clock; nil where the file does not say.
    public var dts: Int64? { raw.pointee.dts == moments_av_nopts ? nil : raw.pointee.dts }

    /// How long it is shown, in ticks of the stream's clock; 0 where unknown.
    public var duration: Int64 { max(0, raw.pointee.duration) }

    /// Its content.
    package var bytes: UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: raw.pointee.data, count: raw.pointee.data == nil ? 0 : size)
    }

    /// Whether other headers apply from here on.
    package var changesHeaders: Bool { av_packet_get_side_data(raw, AV_PKT_DATA_NEW_EXTRADATA, nil) != nil }

    /// Takes other content, with the marks of `other`; its times stay unknown.
    package func fill(with content: [UInt8], like other: borrowing Packet) throws {
        try fill(with: content, flags: other.raw.pointee.flags)
    }

    /// Takes other content and marks; its times stay unknown.
    package func fill(with content: [UInt8], flags: CInt) throws {
        av_packet_unref(raw)
        try check(av_new_packet(raw, CInt(content.count)), "copy", "a picture")
        content.withUnsafeBufferPointer { bytes in
            guard let start = bytes.baseAddress else { return }
            raw.pointee.data.update(from: start, count: bytes.count)
        }
        raw.pointee.flags = flags
    }

    /// The byte of the file at which it starts; nil where the container does not say.
    var position: Int64? { raw.pointee.pos < 0 ? nil : raw.pointee.pos }

    /// What it says of its times.
    var times: PacketTimes {
        PacketTimes(
            track: streamIndex,
            position: position,
            pts: pts,
            dts: dts,
            duration: duration,
            isKeyframe: isKeyframe
        )
    }

    /// Moves it to where it is in a recording of several files.
    func move(by ticks: Int64, bytes: Int64) {
        if raw.pointee.pts != moments_av_nopts { raw.pointee.pts &+= ticks }
        if raw.pointee.dts != moments_av_nopts { raw.pointee.dts &+= ticks }
        if raw.pointee.pos >= 0 { raw.pointee.pos &+= bytes }
    }

    /// Takes other times.
    func stamp(_ times: Timeline.Times?) {
        raw.pointee.pts = times?.pts ?? moments_av_nopts
        raw.pointee.dts = times?.dts ?? moments_av_nopts
        if times?.isShown == true { raw.pointee.flags &= ~AV_PKT_FLAG_DISCARD }
        if times?.isHidden == true { raw.pointee.flags |= AV_PKT_FLAG_DISCARD }
    }
}
