import MomentsAnalysis
import MomentsCore
import MomentsSystem
import MomentsTestSupport
import Testing

@testable import MomentsSubjects

@Suite("which pixels belong to a subject", .scratchFolder, .timeLimit(.minutes(5)))
struct MaskTests {
    private static let (width, height) = (320, 180)
    /// The ellipse's box.
    private static let box = Box(x: 0.3, y: 0.2, width: 0.3, height: 0.6)

    /// Whether a pixel lies in the ellipse.
    private static func isInside(_ x: Int, _ y: Int) -> Bool {
        let across = ((Double(x) + 0.5) / Double(width) - box.centerX) / (box.width / 2)
        let down = ((Double(y) + 0.5) / Double(height) - box.centerY) / (box.height / 2)
        return across * across + down * down < 1
    }

    /// An ellipse of a mottled colour before a mottled ground of another.
    private static let picture: SubjectFrame = {
        var state: UInt32 = 7
        func noise() -> Int {
            state = state &* 1_664_525 &+ 1_013_904_223
            return Int(state >> 24) % 24
        }
        var luma: [UInt8] = []
        for y in 0..<height { for x in 0..<width { luma.append(UInt8((isInside(x, y) ? 130 : 80) + noise())) } }
        var (cb, cr): ([UInt8], [UInt8]) = ([], [])
        for y in 0..<height / 2 {
            for x in 0..<width / 2 {
                let inside = isInside(2 * x, 2 * y)
                cb.append(UInt8((inside ? 100 : 130) + noise() / 3))
                cr.append(UInt8((inside ? 150 : 110) + noise() / 3))
            }
        }
        return SubjectFrame(width: width, height: height, luma: luma, cb: cb, cr: cr)
    }()

    /// What a mask and the ellipse have in common, of what they cover together.
    private static func overlap(_ mask: CutMask) -> Double {
        let placed = SubjectMask(track: 1, time: .zero, number: 0, method: "", part: mask.part, cells: mask.cells)
        let pixels = placed.runs(width: width, height: height).pixels
        let truth = pixels.indices.map { isInside($0 % width, $0 / width) }
        let both = zip(pixels, truth).count { $0 && $1 }
        return Double(both) / Double(zip(pixels, truth).count { $0 || $1 })
    }

    @Test("colours alone cut a subject out of its box: nine tenths of what they and the truth cover is in both")
    func cut() throws {
        let mask = try #require(SubjectCutter.cut(Self.box, outOf: Self.picture))
        #expect(Self.overlap(mask) > 0.9, "\(Self.overlap(mask))")
        // The box alone would be π/4 of it.
        #expect(mask.cells.area < mask.cells.width * mask.cells.height / 2)
        #expect(SubjectCutter.cut(Self.box, outOf: Self.picture) == mask)
        let loose = Box(x: 0.26, y: 0.12, width: 0.38, height: 0.76)
        #expect(try Self.overlap(#require(SubjectCutter.cut(loose, outOf: Self.picture))) > 0.85)
    }

    @Test("a subject at the picture's edge is cut out too; one that fills the picture, or is tiny, is not")
    func extremes() throws {
        let right = Box(x: 0.55, y: 0.3, width: 0.5, height: 0.8)
        _ = SubjectCutter.cut(right, outOf: Self.picture)
        #expect(SubjectCutter.cut(Box(x: 0, y: 0, width: 1, height: 1), outOf: Self.picture) == nil)
        #expect(SubjectCutter.cut(Box(x: -1, y: -1, width: 4, height: 4), outOf: Self.picture) == nil)
        #expect(SubjectCutter.cut(Box(x: 0.5, y: 0.5, width: 0.01, height: 0.01), outOf: Self.picture) == nil)
        #expect(SubjectCutter.cut(Box(x: 0.5, y: 0.5, width: 0, height: 0), outOf: Self.picture) == nil)
    }

    @Test("a model's scores are read as one layer, or one of each class, perhaps behind the background")
    func layers() throws {
        let box = Box(x: 0, y: 0, width: 1, height: 1)
        func read(_ shape: [Int], _ values: [Float], _ classes: [String] = []) -> Segmentation? {
            let card = ModelCard(
                kind: .masks,
                family: .segmentation,
                file: "a.onnx",
                sha256: "",
                input: ModelInput(width: 32, height: 32),
                classes: classes,
                licence: "",
                origin: ""
            )
            return Segmentation(Tensor(shape: shape, values: values), card, across: 1, down: 1)
        }
        let one = try #require(read([1, 1, 2, 2], [0.9, 0.1, 0.4, 0.6]))
        #expect(one.mask(of: "face", in: box)?.cells.pixels == [true, false, false, true])
        let behind = try #require(read([2, 2, 2], [1, 0, 1, 0, 0, 1, 0, 1], ["person"]))
        #expect(behind.mask(of: "person", in: box)?.cells.pixels == [false, true, false, true])
        #expect(behind.mask(of: "dog", in: box) == nil)
        let two = try #require(read([1, 2, 1, 2], [3, 1, 2, 2], ["person", "dog"]))
        #expect(two.mask(of: "person", in: box)?.cells.runs == [0, 1, 1])
        #expect(two.mask(of: "dog", in: box)?.cells.runs == [1, 1])
        #expect(try #require(read([1, 2, 1, 2], [0, 0, 0, 0], ["person", "dog"])).mask(of: "dog", in: box) == nil)
        #expect(read([1, 4, 1, 2], [Float](repeating: 0, count: 8), ["person"]) == nil)
        #expect(read([1, 1, 1, 1, 1], [0]) == nil && read([1, 1, 0, 4], []) == nil)
    }

    @Test("a network's scores become a mask in the picture's shares, with the margin it was laid into left out")
    func network() throws {
        let model = try TestModel.masks.install(in: ScratchFolder.path.appending("models"))
        let segmenter = try Segmenter(model)
        #expect(segmenter.name == "masks")
        let segmentation = try segmenter.segment(Scenery.picture(320, 180, [(64, 64)]))
        let box = Box(x: 60.0 / 320, y: 60.0 / 180, width: 40.0 / 320, height: 40.0 / 180)
        let mask = try #require(segmentation.mask(of: "face", in: box))
        let placed = SubjectMask(track: 1, time: .zero, number: 0, method: "", part: mask.part, cells: mask.cells)
        let pixels = placed.runs(width: 320, height: 180).pixels
        let bright = pixels.indices.filter { pixels[$0] }
        #expect(bright.allSatisfy { (60..<100).contains($0 % 320) && (60..<100).contains($0 / 320) })
        #expect(abs(bright.count - 1024) < 200, "\(bright.count)")
        let trouble = try #require(throws: ModelTrouble.self) {
            _ = try Segmenter(try TestModel().install(in: ScratchFolder.path.appending("faces")))
        }
        #expect("\(trouble)".contains("none of the kind 'masks'"))
        let card = TestModel.masks.card(family: .centerface)
        let wrong = try TestModel.masks.install(in: ScratchFolder.path.appending("wrong"), card)
        #expect(wrong.trouble?.contains("goes with the family 'segmentation'") == true)
    }
}
