internal import COpenCV
internal import MomentsCore
internal import MomentsSystem

/// A trained network in memory; one run at a time, on any one thread.
final class Network {
    private let network: OpaquePointer
    private let subject: FilePath

    /// Reads a network.
    ///
    /// - Parameters:
    ///   - format: How it is written.
    ///   - weights: Its file.
    ///   - graph: The second file of formats that have one, else nothing.
    ///   - subject: The file's path, for messages.
    /// - Throws: `ModelTrouble` where it is none.
    init(_ format: ModelCard.Format, weights: [UInt8], graph: [UInt8], subject: FilePath) throws(ModelTrouble) {
        let written =
            switch format {
            case .onnx: moments_network_onnx
            case .tensorflow: moments_network_tensorflow
            case .darknet: moments_network_darknet
            }
        var message = [CChar](repeating: 0, count: Self.longest)
        let read = moments_network_read(written, weights, weights.count, graph, graph.count, &message, message.count)
        guard let read else { throw ModelTrouble(subject, "OpenCV cannot read it (\(Self.text(message)))") }
        network = read
        self.subject = subject
    }

    deinit { moments_network_free(network) }

    /// Puts a picture through.
    ///
    /// - Parameters:
    ///   - input: Three planes of numbers.
    ///   - names: The outputs wanted; empty for those the network ends in.
    /// - Returns: The outputs.
    /// - Throws: `ModelTrouble` where the network does not take it, or gives what are no numbers.
    func run(_ input: InputPlanes, outputs names: [String]) throws(ModelTrouble) -> [Tensor] {
        var message = [CChar](repeating: 0, count: Self.longest)
        var values = input.values
        let copies = names.map { strings($0) }
        let count = copies.withPointers { pointers in
            moments_network_run(
                network,
                &values,
                3,
                CInt(input.height),
                CInt(input.width),
                pointers,
                CInt(names.count),
                &message,
                message.count
            )
        }
        guard count >= 0 else { throw ModelTrouble(subject, "OpenCV cannot run it (\(Self.text(message)))") }
        var outputs: [Tensor] = []
        for index in 0..<count { outputs.append(try output(index)) }
        return outputs
    }

    private func output(_ index: CInt) throws(ModelTrouble) -> Tensor {
        var (shape, sides): ([CInt], CInt) = ([0, 0, 0, 0], 0)
        guard let values = moments_network_output(network, index, &shape, &sides), sides > 0 else {
            throw ModelTrouble(subject, "one of its outputs is no plain field of numbers")
        }
        let dimensions = shape.prefix(Int(sides)).map(Int.init)
        let count = dimensions.reduce(1, *)
        guard count <= Self.most else { throw ModelTrouble(subject, "it gives \(count) numbers for one picture") }
        return Tensor(shape: dimensions, values: Array(UnsafeBufferPointer(start: values, count: count)))
    }

    private func strings(_ text: String) -> [CChar] { Array(text.utf8CString) }

    private static func text(_ message: [CChar]) -> String {
        let bytes = message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        return Escaping.excerpt(String(decoding: bytes, as: UTF8.self))
    }

    /// More numbers than any detector gives for a picture of 2048 × 2048.
    private static let most = 1 << 24
    private static let longest = 400
}

extension [[CChar]] {
    /// The strings as C has lists of them.
    fileprivate func withPointers<Result>(_ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Result) -> Result {
        let all = flatMap { $0 }
        return all.withUnsafeBufferPointer { buffer in
            var pointers: [UnsafePointer<CChar>?] = []
            var place = 0
            for string in self {
                pointers.append(buffer.baseAddress.map { $0 + place })
                place += string.count
            }
            return body(pointers)
        }
    }
}
