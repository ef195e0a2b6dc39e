internal import MomentsCore
internal import MomentsMedia

extension MediaReader {
    /// Goes to a frame from another one by the shorter way: from the keyframe before it, or on from where decoding stands.
    ///
    /// - Parameters:
    ///   - target: When the frame is shown, on the video's clock.
    ///   - read: When the last frame that was read is shown.
    /// - Throws: `MediaError` when the file cannot be opened again.
    func go(to target: MediaTime, from read: MediaTime) throws {
        if source.canReadOn(from: read, to: target) { skipUnneeded(until: target) } else { try seek(to: target) }
    }
}

extension MediaSource {
    /// Whether decoding on from one frame to another costs no more than starting again before it.
    fileprivate func canReadOn(from read: MediaTime, to target: MediaTime) -> Bool {
        guard target > read else { return false }
        if index.hasJumps { return true }
        let (base, aim) = (video.timeBase, (target + origin).timestamp(in: video.timeBase))
        guard let keyframe = track.entries.lazy.filter({ $0.isKeyframe && $0.pts <= aim }).map(\.pts).max()
        else { return true }
        return MediaTime(timestamp: keyframe, base: base) - origin <= read
    }
}
