import MomentsCore
import MomentsSystem
import MomentsTestSupport
import MomentsWatch
import Testing

@Suite("settling", .scratchFolder)
struct SettleTrackerTests {
    private static let start = Moment.now

    private static func at(_ seconds: Double) -> Moment { start + .seconds(seconds) }

    @Test("a file is settled once nothing happened for the settle time, whatever happened before")
    func quiet() throws {
        let path = ScratchFolder.path.appending("a.mp4")
        try AtomicFile.replace(path, with: [1])
        let first = try FileStatus.of(path)
        var tracker = SettleTracker(first, settleTime: .seconds(5), at: Self.at(100))
        #expect(!tracker.isSettled(at: Self.at(104.9)))
        #expect(tracker.isSettled(at: Self.at(105)))
        let again = tracker.observe(first, at: Self.at(103))
        #expect(!again)
        #expect(tracker.settlesAt == Self.at(105))
        try AtomicFile.replace(path, with: [1, 2])
        let second = try FileStatus.of(path)
        let changed = tracker.observe(second, at: Self.at(104))
        #expect(changed)
        #expect(tracker.settlesAt == Self.at(109))
        tracker.disturb(at: Self.at(108))
        #expect(!tracker.isSettled(at: Self.at(112)))
        let later = tracker.observe(second, at: Self.at(112))
        #expect(!later)
        #expect(tracker.isSettled(at: Self.at(113)))
        #expect(tracker.firstSeen == Self.at(100))
    }

    @Test("a change counts from when it happened, but never from before the last look")
    func age() throws {
        let path = ScratchFolder.path.appending("a.mp4")
        try AtomicFile.replace(path, with: [1])
        var tracker = SettleTracker(try FileStatus.of(path), settleTime: .seconds(5), at: Self.at(100))
        try AtomicFile.replace(path, with: [1, 2])
        var changed = tracker.observe(try FileStatus.of(path), at: Self.at(105), age: .seconds(2))
        #expect(changed)
        #expect(tracker.settlesAt == Self.at(108))
        try AtomicFile.replace(path, with: [1, 2, 3])
        changed = tracker.observe(try FileStatus.of(path), at: Self.at(108), age: .seconds(86_400))
        #expect(changed)
        #expect(tracker.stillSince == Self.at(105))
        #expect(tracker.settlesAt == Self.at(110))
        try AtomicFile.replace(path, with: [1, 2, 3, 4])
        changed = tracker.observe(try FileStatus.of(path), at: Self.at(110), age: .seconds(-10))
        #expect(changed)
        #expect(tracker.settlesAt == Self.at(115))
    }
}
