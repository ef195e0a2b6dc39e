import MomentsAnalysis
import MomentsCore
import Testing

@Suite("knowing a video by little of it")
struct SparseTests {
    let places = (1...6).map { Film.Place(UInt64($0)) }

    /// Pictures 25 to the second as an encoder without pictures coded from later ones writes them.
    private func coded(_ count: Int, keys: Set<Int>, size: (Int) -> Int) -> [CodedPicture] {
        (0..<count).map { number in
            let isKey = keys.contains(number)
            return CodedPicture(
                seconds: Double(number) / 25,
                number: number,
                size: isKey ? 20_000 : size(number),
                kind: isKey ? .intra : .predicted,
                isKey: isKey
            )
        }
    }

    private func look(_ picture: Film.Picture, _ number: Int, then later: Film.Picture? = nil) throws -> Look {
        var taker = LookTaker(size: Film.size)
        let quarter = Film.size.width * Film.size.height / 4
        for (index, shown) in [picture, later].compactMap({ $0 }).enumerated() {
            let cb = [UInt8](repeating: UInt8(clamping: 128 + shown.tint), count: quarter)
            let cr = [UInt8](repeating: UInt8(clamping: 128 - shown.tint), count: quarter)
            let time = MediaTime(ticks: Int64(number + 4 * index), timescale: 25)
            taker.add(luma: shown.luma.span, cb: cb.span, cr: cr.span, time: time, spacing: 0.04)
        }
        let look = taker.finish(entry: number, number: number)
        return try #require(look)
    }

    private func watch(_ pictures: [Film.Picture], from first: Int, of times: PictureTimes) throws -> StretchFindings {
        var watcher = StretchWatcher(size: Film.size, timescale: 25)
        let quarter = Film.size.width * Film.size.height / 4
        for (index, picture) in pictures.enumerated() {
            let cb = [UInt8](repeating: UInt8(clamping: 128 + picture.tint), count: quarter)
            let cr = [UInt8](repeating: UInt8(clamping: 128 - picture.tint), count: quarter)
            watcher.add(luma: picture.luma.span, cb: cb.span, cr: cr.span, time: times[first + index])
        }
        let findings = watcher.finish(times, isComplete: true)
        return try #require(findings)
    }

    private func times(_ count: Int) -> PictureTimes {
        var times = PictureTimes(timescale: 25)
        for tick in 0..<Int64(count) { times.append(MediaTime(ticks: tick, timescale: 25)) }
        times.finish(at: MediaTime(ticks: Int64(count), timescale: 25))
        return times
    }

    @Test("a video whose pictures stop coming for seconds is read like any other")
    func gaps() {
        let pictures = coded(400, keys: [0, 200]) { $0 < 200 ? 300 : 4000 }.map { picture in
            CodedPicture(
                seconds: picture.seconds + (picture.number < 100 ? 0 : 3) + (picture.number < 210 ? 0 : 4),
                number: picture.number,
                size: picture.size,
                kind: picture.kind,
                isKey: picture.isKey
            )
        }
        let proposals = CutProposals(pictures, SizeCurve(pictures), looks: [], schedule: KeySchedule(pictures))
        #expect(proposals.doubts.allSatisfy { $0.watch.lowerBound >= 0 && $0.watch.upperBound <= 400 })
        #expect(!proposals.doubts.isEmpty)
    }

    @Test("lengths that rise and fall tell something, even ones and pictures that all stand alone do not")
    func telling() {
        let lively = coded(500, keys: [0, 250]) { $0 < 300 ? 400 : 3000 }
        #expect(SizeCurve(lively).isTelling)
        #expect(!SizeCurve(coded(500, keys: [0, 250]) { 1000 + $0 % 7 }).isTelling)
        #expect(!SizeCurve(coded(500, keys: Set(0..<500)) { _ in 0 }).isTelling)
        let grid = SizeCurve(lively).grid(count: 100)
        #expect(grid[10] == 400)
        #expect(grid[90] == 3000)
    }

    @Test("key pictures at a steady distance are due, the others were placed for a reason")
    func schedule() {
        let steady = KeySchedule(coded(300, keys: [0, 50, 100, 150, 200, 250]) { _ in 500 })
        #expect(!steady.placesCuts)
        #expect(steady.isDue(150))
        let placed = KeySchedule(coded(800, keys: [0, 250, 310, 560]) { _ in 500 })
        #expect(placed.placesCuts)
        #expect(placed.isDue(250) && placed.isDue(560))
        #expect(!placed.isDue(310))
    }

    @Test("a key picture out of turn that shows another place is a cut, one of the same place is none")
    func certain() throws {
        let pictures = coded(700, keys: [0, 250, 310, 420]) { _ in 500 }
        let (one, other) = (Film.Picture(places[0]), Film.Picture(places[1], light: 60))
        let looks = [
            try look(one, 0, then: one), try look(one, 250, then: one), try look(other, 310, then: other),
            try look(other, 420, then: other),
        ]
        let proposals = CutProposals(
            pictures,
            SizeCurve(pictures),
            looks: looks,
            schedule: KeySchedule(pictures)
        )
        #expect(proposals.certain == [310])
        #expect(!proposals.doubts.contains { $0.watch.contains(420) })
    }

    @Test("where bytes rose just before, the cut is in doubt, and guessed where they leapt")
    func restless() throws {
        let pictures = coded(700, keys: [0, 250, 310]) { $0 >= 307 && $0 < 310 ? 9000 : 500 }
        let (one, other) = (Film.Picture(places[0]), Film.Picture(places[1], light: 60))
        let looks = [try look(one, 0), try look(one, 250), try look(other, 310, then: other)]
        let proposals = CutProposals(pictures, SizeCurve(pictures), looks: looks, schedule: KeySchedule(pictures))
        #expect(proposals.certain.isEmpty)
        #expect(proposals.doubts.contains { $0.watch.contains(307) && $0.guess == 307 })
    }

    @Test("what was seen overrides what was taken for certain")
    func seen() throws {
        let times = times(200)
        let pictures = (0..<40).map { Film.Picture(places[$0 < 18 ? 2 : 3]) }
        let findings = try watch(pictures, from: 80, of: times)
        let scenes = SparseScenes.scenes(certain: [40, 95], findings: [findings], times: times)
        #expect(scenes.map(\.startFrame) == [0, 40, 98])
        #expect(scenes.last?.end == times.end)
    }

    @Test("curves between what was seen follow the bytes, on the scale of the scene")
    func canvas() throws {
        let pictures = coded(500, keys: [0, 250]) { number in number < 250 ? 500 : number < 400 ? 3000 : 1500 }
        let times = times(500)
        let scenes = SparseScenes.scenes(certain: [250], findings: [], times: times)
        var canvas = SignalCanvas(times: times, scenes: scenes, curve: SizeCurve(pictures))
        let (still, moved) = (Film.Picture(places[4]), Film.Picture(places[5]).with(places[0], x: 20, y: 10, side: 24))
        canvas.add(try look(still, 0, then: still))
        canvas.add(try look(Film.Picture(places[5]), 250, then: moved))
        let filled = canvas.finish()
        let signals = try #require(filled)
        #expect(signals.visual.count == 100)
        #expect(signals.visual.subject[20] < 0.1 * signals.visual.subject[60])
        #expect(signals.visual.subject[90] < 0.7 * signals.visual.subject[60])
        #expect(signals.visual.activity[60] == 3000)
        #expect(signals.appearance.count == 50)
        #expect(signals.appearance.similarity(5, 20) > 0.97)
        #expect(signals.appearance.similarity(5, 40) < 0.8)
    }
}
