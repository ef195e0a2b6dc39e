import MomentsCore
import MomentsSystem
import MomentsTestSupport
import MomentsWatch
import Testing

@Suite("settling", .scratchFolder)
struct SettleTrackerTests {
    @Test("a file is settled once nothing happened for the settle time, whatever happened before")
    func quiet() throws {
        let path = ScratchFolder.path.appending("a.mp4")
        try AtomicFile.replace(path, with: [1])
        let first = try FileStatus.of(path)
        var tracker = SettleTracker(first, settleTime: 5, at: 100)
        #expect(!tracker.isSettled(at: 104.9))
        #expect(tracker.isSettled(at: 105))
        let again = tracker.observe(first, at: 103)
        #expect(!again)
        #expect(tracker.settlesAt == 105)
        try AtomicFile.replace(path, with: [1, 2])
        let second = try FileStatus.of(path)
        let changed = tracker.observe(second, at: 104)
        #expect(changed)
        #expect(tracker.settlesAt == 109)
        tracker.disturb(at: 108)
        #expect(!tracker.isSettled(at: 112))
        let later = tracker.observe(second, at: 112)
        #expect(!later)
        #expect(tracker.isSettled(at: 113))
        #expect(tracker.firstSeen == 100)
    }

    @Test("a change counts from when it happened, but never from before the last look")
    func age() throws {
        let path = ScratchFolder.path.appending("a.mp4")
        try AtomicFile.replace(path, with: [1])
        var tracker = SettleTracker(try FileStatus.of(path), settleTime: 5, at: 100)
        try AtomicFile.replace(path, with: [1, 2])
        var changed = tracker.observe(try FileStatus.of(path), at: 105, age: 2)
        #expect(changed)
        #expect(tracker.settlesAt == 108)
        try AtomicFile.replace(path, with: [1, 2, 3])
        changed = tracker.observe(try FileStatus.of(path), at: 108, age: 86_400)
        #expect(changed)
        #expect(tracker.stillSince == 105)
        #expect(tracker.settlesAt == 110)
        try AtomicFile.replace(path, with: [1, 2, 3, 4])
        changed = tracker.observe(try FileStatus.of(path), at: 110, age: -10)
        #expect(changed)
        #expect(tracker.settlesAt == 115)
    }
}
