import MomentsAnalysis
import MomentsCore
import Testing

@Suite("masks as runs")
struct MaskRunTests {
    @Test("pixels become runs and pixels again, whatever they are; the first run is of those that do not belong")
    func roundTrip() {
        var random = SystemRandomNumberGenerator()
        for density in [1, 3, 5] {
            let pixels = (0..<13 * 7).map { _ in Int.random(in: 0..<6, using: &random) < density }
            let runs = RunLengths(width: 13, height: 7, pixels: pixels)
            #expect(runs.pixels == pixels && runs.area == pixels.count { $0 } && runs.runs.reduce(0, +) == 91)
            #expect(runs.runs.dropFirst().allSatisfy { $0 > 0 })
            #expect((runs.runs[0] == 0) == pixels[0])
        }
    }

    @Test("nothing, everything, and runs that go on in the next row")
    func edges() {
        let none = RunLengths(width: 4, height: 2, pixels: [Bool](repeating: false, count: 8))
        #expect(none.runs == [8] && none.area == 0 && none.ranges.isEmpty)
        let all = RunLengths(width: 4, height: 2, pixels: [Bool](repeating: true, count: 8))
        #expect(all.runs == [0, 8] && all.area == 8)
        #expect(RunLengths(width: 4, height: 2, [3..<4, 4..<6, 7..<8]).runs == [3, 3, 1, 1])
        #expect(RunLengths(width: 4, height: 2, [0..<1, 1..<1, 2..<3]).runs == [0, 1, 1, 1, 5])
    }

    private func mask(_ part: Box, _ cells: RunLengths) -> SubjectMask {
        SubjectMask(track: 1, time: .zero, number: 0, method: "test", part: part, cells: cells)
    }

    @Test("a mask stands in the upright picture's pixels where its cells do, at any size")
    func placed() {
        // The left half of the middle quarter.
        let cells = RunLengths(width: 4, height: 4, pixels: (0..<16).map { $0 % 4 < 2 })
        let half = mask(Box(x: 0.25, y: 0.25, width: 0.5, height: 0.5), cells)
        for (width, height) in [(80, 40), (7, 5), (1920, 1080)] {
            let pixels = half.runs(width: width, height: height).pixels
            for (place, isSet) in pixels.enumerated() where width < 100 {
                let x = (Double(place % width) + 0.5) / Double(width)
                let y = (Double(place / width) + 0.5) / Double(height)
                #expect(isSet == (x >= 0.25 && x < 0.5 && y >= 0.25 && y < 0.75), "\(x) \(y)")
            }
            #expect(abs(Double(pixels.count { $0 }) / Double(width * height) - 0.125) < 0.07)
        }
        let whole = mask(Box(x: 0, y: 0, width: 1, height: 1), RunLengths(width: 2, height: 2, [0..<4]))
        #expect(whole.runs(width: 640, height: 360).runs == [0, 640 * 360])
        let none = mask(Box(x: 0.5, y: 0.5, width: 0.5, height: 0.5), RunLengths(width: 2, height: 2, [0..<0]))
        #expect(none.runs(width: 640, height: 360).runs == [640 * 360])
        let corner = mask(Box(x: 0.5, y: 0.5, width: 0.5, height: 0.5), RunLengths(width: 1, height: 1, [0..<1]))
        #expect(corner.runs(width: 4, height: 2).runs == [6, 2])
    }
}
