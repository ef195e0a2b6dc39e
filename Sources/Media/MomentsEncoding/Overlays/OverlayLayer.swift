internal import CLibAV
internal import MomentsCore
internal import MomentsMedia

/// Lays pictures over the frames of a reel, each at its time.
///
/// Used on one thread. Pictures are painted when they are first needed, and forgotten afterwards.
final class OverlayLayer {
    /// What is to be laid over, by when it begins.
    private var waiting: ArraySlice<Overlay>
    private var present: [(overlay: Overlay, picture: Overlay.Picture?, prepared: PreparedOverlay?)] = []
    private let form: OverlayForm

    /// Makes a layer.
    ///
    /// - Parameters:
    ///   - overlays: In any order; of two at the same time the later one lies above.
    ///   - form: What frames are like.
    init(_ overlays: [Overlay], _ form: OverlayForm) {
        waiting = overlays.sorted { $0.range.start < $1.range.start }[...]
        self.form = form
    }

    /// Changes a frame where something is to be seen on it; times rise from frame to frame.
    ///
    /// - Parameters:
    ///   - frame: The frame; the pixels become its own where they are changed.
    ///   - time: When the reel shows it.
    /// - Throws: `MediaError`; `unfit` where frames like it cannot be painted on.
    func apply(to frame: borrowing Frame, at time: MediaTime) throws {
        present.removeAll { $0.overlay.range.end <= time }
        while let next = waiting.first, next.range.start <= time {
            waiting.removeFirst()
            if time < next.range.end { present.append((next, next.paint(), nil)) }
        }
        guard present.contains(where: { $0.picture != nil }) else { return }
        try check(av_frame_make_writable(frame.raw), "paint on", "a picture")
        let colors = form.colors ?? OverlayColors(frame)
        for number in present.indices {
            guard let picture = present[number].picture else { continue }
            let known = present[number].prepared
            if known?.format != frame.raw.pointee.format || known?.colors != colors {
                guard let made = PreparedOverlay(picture, for: frame, form, colors) else {
                    throw MediaError.unfit("its pictures are of a form that titles cannot be painted on")
                }
                present[number].prepared = made
            }
            present[number].prepared?.lay(over: frame, form, present[number].overlay.state(at: time))
        }
    }
}
