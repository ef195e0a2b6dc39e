internal import MomentsAnalysis

/// Finds the shortest segment of the file for a segment of the video.
struct SegmentPlanner: Sendable {
    /// The place in the file of each frame shown.
    private let places: [Int]
    /// Keyframes by the order shown, with their places in the file.
    private let keyframes: [(number: Int, place: Int)]

    init(_ frames: [CodedFrame]) {
        var places = [Int](repeating: 0, count: frames.count { $0.number >= 0 })
        for (place, frame) in frames.enumerated() where frame.number >= 0 { places[frame.number] = place }
        self.places = places
        keyframes = frames.indices.filter { frames[$0].isKeyframe && frames[$0].number >= 0 }
            .map { (frames[$0].number, $0) }.sorted { $0.number < $1.number }
    }

    /// The segment for some frames; nil where none can be decoded.
    func plan(_ watch: Range<Int>) -> SegmentPlan? {
        let watch = watch.clamped(to: 0..<places.count)
        guard !watch.isEmpty, let keyframe = keyframes.last(where: { $0.number <= watch.lowerBound }) else {
            return nil
        }
        let shown = places[watch]
        guard let first = shown.min(), let last = shown.max(), keyframe.place <= last else { return nil }
        return SegmentPlan(packets: keyframe.place..<last + 1, watch: watch, watchFrom: max(first, keyframe.place))
    }

    /// The last keyframe shown no later than another; nil where there is none.
    func keyframe(before number: Int) -> Int? { keyframes.last { $0.number <= number }?.number }

    /// The keyframes among some, by the order shown.
    func keyframes(in numbers: Range<Int>) -> [Int] { keyframes.map(\.number).filter { numbers.contains($0) } }
}
