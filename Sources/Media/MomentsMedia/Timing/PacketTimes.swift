/// What a file says of one packet's times, as it stands there.
package struct PacketTimes: Hashable, Sendable {
    /// The track it belongs to, by stream index.
    package var track: Int
    /// The byte at which it starts; nil where the container does not say.
    package var position: Int64?
    /// When it is shown, in ticks of its track; nil where the file does not say.
    package var pts: Int64?
    /// When it is decoded, in ticks of its track; nil where the file does not say.
    package var dts: Int64?
    /// How long it is shown, in ticks; 0 where the file does not say.
    package var duration: Int64
    /// Whether decoding can start here.
    package var isKeyframe: Bool

    /// Makes one from its parts.
    package init(
        track: Int,
        position: Int64?,
        pts: Int64?,
        dts: Int64?,
        duration: Int64 = 0,
        isKeyframe: Bool = true
    ) {
        self.track = track
        self.position = position
        self.pts = pts
        self.dts = dts
        self.duration = duration
        self.isKeyframe = isKeyframe
    }

    /// The time by which one packet is told from others at its place.
    var clock: Int64? { dts ?? pts }
}
