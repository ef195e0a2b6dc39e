import MomentsAnalysis
import MomentsCore
import MomentsSystem
import MomentsTestSupport
import Testing

@testable import MomentsSubjects

@Suite("looking for subjects with a network", .scratchFolder, .timeLimit(.minutes(5)))
struct DetectorTests {
    @Test(
        "a square is found where it is, whatever the picture's shape",
        arguments: [(320, 192), (320, 180), (180, 320), (640, 360), (96, 64), (320, 100)]
    )
    func places(width: Int, height: Int) throws {
        let detector = try Detector(try TestModel().install(in: ScratchFolder.path.appending("models")))
        // What is larger than the network's picture is made smaller: the square too.
        let scale = max(1, width / 320, height / 320)
        let corner = (x: width / 4 * 2 - 16, y: height / 4 * 2 - 16)
        var corners = [corner]
        if scale == 2 {
            corners += [(corner.x + 32, corner.y), (corner.x, corner.y + 32), (corner.x + 32, corner.y + 32)]
        }
        let found = try detector.detect(in: Scenery.picture(width, height, corners.map { ($0.x, $0.y) }))
        #expect(found.count == 1)
        let box = try #require(found.first?.box)
        #expect(abs(box.x * Double(width) - Double(corner.x)) <= 4 * Double(scale))
        #expect(abs(box.y * Double(height) - Double(corner.y)) <= 4 * Double(scale))
        #expect(abs(box.width * Double(width) - 32 * Double(scale)) < 1)
        #expect(found.first?.name == "face")
    }

    @Test("each of several is found once, and nothing in a dark picture")
    func several() throws {
        let detector = try Detector(try TestModel().install(in: ScratchFolder.path.appending("models")))
        let found = try detector.detect(in: Scenery.picture(320, 192, [(20, 20), (120, 100), (250, 140)]))
        let places = found.map { $0.box.x * 320 }.sorted()
        #expect(places.count == 3 && zip(places, [20, 120, 250]).allSatisfy { abs($0 - $1) <= 4 }, "\(places)")
        #expect(try detector.detect(in: Scenery.picture(320, 192, [])).isEmpty)
    }

    @Test("where the network's picture is stretched, it is seen in its own shape too", arguments: [false, true])
    func shapes(isUpright: Bool) throws {
        let folder = ScratchFolder.path.appending("models")
        let model = try TestModel().install(in: folder, TestModel().card(isStretched: true))
        let (width, height) = isUpright ? (208, 640) : (640, 208)
        let (x, y) = isUpright ? (80, 400) : (400, 80)
        let corners = [(x, y), (x + 32, y), (x, y + 32), (x + 32, y + 32)]
        let picture = Scenery.picture(width, height, corners)
        let found = try Detector(model).detect(in: picture)
        let (across, down) = (Double(width), Double(height))
        let truth = Box(x: Double(x) / across, y: Double(y) / down, width: 64 / across, height: 64 / down)
        #expect(found.contains { $0.box.overlap(truth) > 0.7 }, "\(found.map(\.box))")
        let hasty = try Detector(model).detect(in: picture, isHasty: true)
        #expect(!hasty.isEmpty && !hasty.contains { $0.box.overlap(truth) > 0.7 }, "\(hasty.map(\.box))")
    }

    @Test("what gives nonsense is refused with a sentence that names the file")
    func nonsense() throws {
        let picture = Scenery.picture(320, 320, [(100, 100)])
        for (fault, words) in [(TestModel.Fault.notNumbers, "no numbers"), (.everywhere, "6400 things")] {
            let detector = try Detector(try TestModel(fault: fault).install(in: ScratchFolder.path.appending("models")))
            let trouble = try #require(throws: ModelTrouble.self) { try detector.detect(in: picture) }
            #expect(
                "\(trouble)".contains("squares.onnx' cannot be used: ") && "\(trouble)".contains(words),
                "\(trouble)"
            )
        }
        let model = TestModel()
        let detector = try Detector(
            try model.install(in: ScratchFolder.path.appending("models"), model.card(family: .yunet))
        )
        let trouble = try #require(throws: ModelTrouble.self) { try detector.detect(in: picture) }
        #expect("\(trouble)".contains("not those of the family 'yunet'"))
    }

    @Test("a file that is damaged, or no network at all, is refused before it is run")
    func damaged() throws {
        let folder = ScratchFolder.path.appending("models")
        let good = try TestModel().install(in: folder)
        var bytes = TestModel().weights
        bytes[bytes.count / 2] ^= 1
        try AtomicFile.replace(good.weights, with: bytes)
        let damaged = try #require(throws: ModelTrouble.self) { try Detector(good) }
        #expect("\(damaged)".contains("its SHA-256 is another one"))
        let text = Array("this is no network".utf8)
        var digest = SHA256()
        digest.update(text)
        let card = TestModel().card(sha256: digest.finish())
        let model = try TestModel().install(in: folder, card)
        try AtomicFile.replace(model.weights, with: text)
        let trouble = try #require(throws: ModelTrouble.self) { try Detector(model) }
        #expect("\(trouble)".contains("OpenCV cannot read it"), "\(trouble)")
    }
}
