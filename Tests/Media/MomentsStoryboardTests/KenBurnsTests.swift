import Glibc
import MomentsCore
import MomentsEncoding
import MomentsMedia
import MomentsStoryboard
import Testing

@Suite("pictures that move")
struct KenBurnsTests {
    private static let sizes = [(1600, 1200), (800, 2400), (3000, 500), (640, 360), (100, 100)]

    @Test(
        "the window never leaves the picture, whatever the motion, the shape and the place that matters",
        arguments: ShotMotion.allCases
    )
    func inside(motion: ShotMotion) {
        for size in Self.sizes {
            for ratio in [16.0 / 9, 9.0 / 16, 1, 4.0 / 5] {
                for focus in [(0.5, 0.5), (0.0, 0.0), (1.0, 1.0), (0.1, 0.9)] {
                    let path = KenBurnsPath(size, ratio: ratio, motion: motion, zoom: 1.22, focus: focus)
                    for step in 0...100 {
                        let window = path.window(at: Double(step) / 100)
                        #expect(window.x >= -1e-9 && window.y >= -1e-9)
                        #expect(window.x + window.width <= Double(size.0) + 1e-6)
                        #expect(window.y + window.height <= Double(size.1) + 1e-6)
                        #expect(abs(window.width / window.height - ratio) < 1e-9)
                    }
                }
            }
        }
    }

    @Test(
        "it moves without a jolt: no step differs from its neighbours by much of a step",
        arguments: ShotMotion.allCases
    )
    func smooth(motion: ShotMotion) {
        let path = KenBurnsPath((1600, 1200), ratio: 16.0 / 9, motion: motion, zoom: 1.22, focus: (0.3, 0.6))
        let windows = (0...100).map { path.window(at: Double($0) / 100) }
        let places = windows.map { $0.x + $0.width / 2 } + []
        let steps = zip(places.dropFirst(), places).map { $0 - $1 }
        let largest = steps.map(abs).max() ?? 0
        for (one, other) in zip(steps.dropFirst(), steps) { #expect(abs(one - other) <= largest * 0.13 + 1e-9) }
        if motion == .still { #expect(largest == 0) }
    }

    @Test("a zoom ends at what matters, and grows evenly")
    func zoom() {
        let path = KenBurnsPath((1600, 900), ratio: 16.0 / 9, motion: .zoomIn, zoom: 1.2, focus: (0.45, 0.55))
        let end = path.window(at: 1)
        #expect(abs(end.x + end.width / 2 - 720) < 1e-6 && abs(end.y + end.height / 2 - 495) < 1e-6)
        #expect(abs(end.width - 1600 / 1.2) < 1e-6)
        // Between its ends each step grows by the same factor.
        let widths = (30...70).map { path.window(at: Double($0) / 100).width }
        let factors = zip(widths.dropFirst(), widths).map { $0 / $1 }
        #expect((factors.max() ?? 0) - (factors.min() ?? 1) < 1e-6)
    }

    /// A picture with a white square on grey.
    private func square(atX x: Int, y: Int) -> PicturePlanes {
        let (width, height) = (320, 240)
        var luma = [UInt8](repeating: 90, count: width * height)
        for row in y..<y + 40 {
            for column in x..<x + 40 { luma[row * width + column] = (row + column) % 2 == 0 ? 235 : 16 }
        }
        let grey = [UInt8](repeating: 128, count: width * height)
        return PicturePlanes(width: width, height: height, planes: [luma, grey, grey])
    }

    @Test("what stands out of a picture is found; an even one has its middle")
    func focus() {
        let found = PictureSaliency.focus(of: square(atX: 200, y: 60))
        #expect(abs(found.x - 220.0 / 320) < 0.05 && abs(found.y - 80.0 / 240) < 0.05)
        let even = [UInt8](repeating: 90, count: 100)
        let middle = PictureSaliency.focus(of: PicturePlanes(width: 10, height: 10, planes: [even, even, even]))
        #expect(middle.x == 0.5 && middle.y == 0.5)
    }

    @Test("waves move by fractions of a pixel: each picture differs from the last by the same small amount")
    func subPixel() {
        let (width, height) = (400, 100)
        let luma: [UInt8] = (0..<width * height).map { place in
            let (x, y) = (Double(place % width), Double(place / width))
            let wave: Double = sin(x * 0.17 + y * 0.1)
            return UInt8(128 + 90 * wave)
        }
        let grey = [UInt8](repeating: 128, count: width * height)
        let painter = KenBurnsPainter(
            PicturePlanes(width: width, height: height, planes: [luma, grey, grey]),
            width: 200,
            height: 50
        )
        // A tenth of a pixel a picture.
        let pictures: [[UInt8]] = (0..<20).map { step in
            painter.paint(Window(x: 50 + Double(step) / 10, y: 10, width: 200, height: 50)).luma
        }
        for (next, last) in zip(pictures.dropFirst(), pictures) {
            var sum = 0
            for (one, other) in zip(next, last) { sum += abs(Int(one) - Int(other)) }
            // 90 · 0.17 · 0.1 · 2/π of a grey level.
            #expect(abs(Double(sum) / Double(next.count) - 0.974) < 0.15)
        }
    }

    @Test("a window of the picture's own pixels shows them as they are")
    func exact() {
        let picture = square(atX: 100, y: 100)
        let painted = KenBurnsPainter(picture, width: 320, height: 240)
            .paint(Window(x: 0, y: 0, width: 320, height: 240))
        #expect(painted.luma == picture.planes[0])
        #expect(painted.cb.allSatisfy { $0 == 128 })
    }
}
