import MomentsAnalysis
import MomentsCore
import Testing

@testable import MomentsSubjects

@Suite("reading what families of networks give")
struct FamilyTests {
    private static func frame(_ width: Int, _ height: Int, classes: Int = 1) -> OutputFrame {
        OutputFrame(width: width, height: height, classes: classes, threshold: 0.5)
    }

    private static func near(_ box: RawBox?, _ x: Double, _ y: Double, _ width: Double, _ height: Double) -> Bool {
        guard let box else { return false }
        return zip([box.x, box.y, box.width, box.height], [x, y, width, height]).allSatisfy { abs($0 - $1) < 0.01 }
    }

    @Test("YuNet: the root of class and objectness, centres in cells, sizes as powers")
    func yunet() throws {
        var outputs = [8, 16, 32].map {
            Tensor(shape: [1, 64 * 64 / $0 / $0, 1], values: .init(repeating: 0, count: 64 * 64 / $0 / $0))
        }
        outputs += outputs
        outputs += [8, 16, 32].map {
            Tensor(shape: [1, 64 * 64 / $0 / $0, 4], values: .init(repeating: 0, count: 64 * 64 / $0 / $0 * 4))
        }
        func set(_ output: Int, _ place: Int, _ value: Float) {
            var values = outputs[output].values
            values[place] = value
            outputs[output] = Tensor(shape: outputs[output].shape, values: values)
        }
        // The second row's third cell of the grid of 16 pixels.
        set(1, 6, 0.81)
        set(4, 6, 1)
        set(7, 24, 0.5)
        set(7, 25, 0.25)
        set(7, 26, 0.6931472)
        let boxes = try #require(YuNetReader().boxes(outputs, Self.frame(64, 64)))
        #expect(boxes.count == 1 && abs(boxes[0].confidence - 0.9) < 1e-6)
        #expect(Self.near(boxes.first, 40 - 16, 20 - 8, 32, 16))
        #expect(YuNetReader().boxes(outputs, Self.frame(96, 64)) == nil)
    }

    @Test("NanoDet: distances are the means of distributions; m by grids, Plus in one list")
    func nanodet() throws {
        // Steps 0…7 for each side: all of the weight on one.
        func sides(_ steps: [Int]) -> [Float] { steps.flatMap { step in (0..<8).map { $0 == step ? 100 : 0 } } }
        let counts = [8, 16, 32].map { 64 * 64 / $0 / $0 }
        var outputs = counts.flatMap { count in
            [
                Tensor(shape: [1, count, 2], values: .init(repeating: 0, count: count * 2)),
                Tensor(shape: [1, count, 32], values: .init(repeating: 0, count: count * 32)),
            ]
        }
        var (scores, reach) = (outputs[2].values, outputs[3].values)
        scores[5 * 2 + 1] = 0.75
        reach.replaceSubrange(5 * 32..<6 * 32, with: sides([1, 0, 2, 1]))
        (outputs[2], outputs[3]) = (
            Tensor(shape: outputs[2].shape, values: scores), Tensor(shape: outputs[3].shape, values: reach)
        )
        let boxes = try #require(NanoDetReader().boxes(outputs, Self.frame(64, 64, classes: 2)))
        #expect(boxes.count == 1 && boxes[0].label == 1)
        // The second cell of the second row: its middle is at 24, 24.
        #expect(Self.near(boxes.first, 24 - 16, 24, 48, 16))
        let rows = (0..<64 + 16 + 4 + 1).map {
            $0 == 0 ? [0.9, 0] + sides([0, 0, 3, 2]) : [Float](repeating: 0, count: 34)
        }
        let list = Tensor(shape: [1, rows.count, 34], values: rows.flatMap { $0 })
        let listed = try #require(NanoDetReader().boxes([list], Self.frame(64, 64, classes: 2)))
        #expect(listed.count == 1 && Self.near(listed.first, 0, 0, 24, 16))
        #expect(NanoDetReader().boxes([list], Self.frame(80, 64, classes: 2)) == nil)
    }

    @Test("YOLO: rows in shares of the picture, the best class counts")
    func yolo() throws {
        let rows: [Float] = [0.5, 0.5, 0.25, 0.5, 0.9, 0.1, 0.8, 0.5, 0.5, 0.2, 0.2, 0.9, 0.3, 0.2]
        let output = Tensor(shape: [2, 7], values: rows)
        let boxes = try #require(YOLOReader().boxes([output], Self.frame(320, 160, classes: 2)))
        #expect(boxes.count == 1 && boxes[0].label == 1 && Self.near(boxes.first, 120, 40, 80, 80))
        #expect(YOLOReader().boxes([output], Self.frame(320, 160, classes: 3)) == nil)
    }

    @Test("SSD: anchors of TensorFlow's detection API, encodings about them")
    func ssd() throws {
        // Two grids of one cell each; what counts is the first anchor of the second: half the picture and more, square.
        func blank(_ planes: Int, _ value: Float = 0) -> [Float] { .init(repeating: value, count: planes) }
        var scores = blank(12, -9)
        scores[1] = 3
        var codes = blank(24)
        (codes[0], codes[1], codes[2], codes[3]) = (1, -1, 0, 0)
        let outputs = [
            Tensor(shape: [1, 12, 1, 1], values: blank(12)), Tensor(shape: [1, 6, 1, 1], values: blank(6, -9)),
            Tensor(shape: [1, 24, 1, 1], values: codes), Tensor(shape: [1, 12, 1, 1], values: scores),
        ]
        let boxes = try #require(SSDReader().boxes(outputs, Self.frame(300, 300)))
        #expect(boxes.count == 1 && abs(boxes[0].confidence - 0.9526) < 1e-3)
        // The last grid's scale is 0.95; a code of 1 is a tenth of the anchor.
        #expect(Self.near(boxes.first, 150 - 28.5 - 142.5, 150 + 28.5 - 142.5, 285, 285))
        #expect(SSDReader().boxes(Array(outputs.prefix(3)), Self.frame(300, 300)) == nil)
    }

    @Test("of boxes of one class that overlap the surest stays")
    func distinct() {
        let finds = [Scenery.find(0.1), Scenery.find(0.12, 0.3, 0.2, 0.95), Scenery.find(0.5)]
        #expect(Detector.distinct(finds).map(\.confidence) == [0.95, 0.9])
    }
}
