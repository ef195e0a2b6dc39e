internal import MomentsCore
internal import MomentsMedia

extension MediaSource {
    /// Whether decoding on from one frame to another costs no more than starting again before it.
    func canReadOn(from read: MediaTime, to target: MediaTime) -> Bool {
        guard target > read else { return false }
        if index.hasJumps { return true }
        let (base, aim) = (video.timeBase, (target + origin).timestamp(in: video.timeBase))
        guard let keyframe = track.entries.lazy.filter({ $0.isKeyframe && $0.pts <= aim }).map(\.pts).max()
        else { return true }
        return MediaTime(timestamp: keyframe, base: base) - origin <= read
    }
}
