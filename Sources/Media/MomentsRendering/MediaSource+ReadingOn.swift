internal import MomentsCore
internal import MomentsMedia

extension MediaSource {
    /// Whether decoding on from one picture to another costs no more than starting again before it.
    func canReadOn(from read: MediaTime, to target: MediaTime) -> Bool {
        guard target > read else { return false }
        if index.hasJumps { return true }
        let (base, aim) = (video.timeBase, (target + origin).timestamp(in: video.timeBase))
        guard let key = track.entries.lazy.filter({ $0.isKey && $0.presentation <= aim }).map(\.presentation).max()
        else { return true }
        return MediaTime(timestamp: key, base: base) - origin <= read
    }
}
