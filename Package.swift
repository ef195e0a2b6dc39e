// swift-tools-version: 6.3
import PackageDescription

/// The rules every Swift target is compiled under.
let rules: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .treatAllWarnings(as: .error),
]

/// Loops over pixels and samples are up to a hundred times slower without the optimiser: the media wing always has it, so
/// that tests over real media end in seconds.
let fast: [SwiftSetting] = [.unsafeFlags(["-O"], .when(configuration: .debug))]

/// A room of the house: a library, its tests, and the arrows it may follow.
func module(_ name: String, in wing: String, uses arrows: [Target.Dependency] = []) -> [Target] {
    [
        .target(
            name: name,
            dependencies: arrows,
            path: "Sources/\(wing)/\(name)",
            swiftSettings: wing == "Media" ? rules + fast : rules
        ),
        .testTarget(
            name: name + "Tests",
            dependencies: [.target(name: name), "MomentsTestSupport"] + arrows,
            path: "Tests/\(wing)/\(name)Tests",
            swiftSettings: rules
        ),
    ]
}

/// A program: a `main` over the rooms it is allowed to enter.
func program(_ name: String, uses arrows: [Target.Dependency]) -> Target {
    .executableTarget(name: name, dependencies: arrows, path: "Sources/Programs/\(name)", swiftSettings: rules)
}

/// A C library of the system: headers and link lines, nothing else.
func library(_ name: String, pkgConfig: String? = nil, apt: String) -> Target {
    .systemLibrary(name: name, path: "Sources/CLibraries/\(name)", pkgConfig: pkgConfig, providers: [.apt([apt])])
}

let cLibraries = [
    library("CLibAV", pkgConfig: "libavformat", apt: "libavformat-dev"),
    library("CEbur128", pkgConfig: "libebur128", apt: "libebur128-dev"),
    library("CNettle", pkgConfig: "nettle", apt: "nettle-dev"),
    library("CInih", pkgConfig: "inih", apt: "libinih-dev"),
    library("CMicrohttpd", pkgConfig: "libmicrohttpd", apt: "libmicrohttpd-dev"),
    library("CSystemd", pkgConfig: "libsystemd", apt: "libsystemd-dev"),
    library("CSeccomp", pkgConfig: "libseccomp", apt: "libseccomp-dev"),
    library("CLinux", apt: "linux-libc-dev"),
    library("CZlib", apt: "zlib1g-dev"),
    library("CHeif", pkgConfig: "libheif", apt: "libheif-dev"),
    library("CExif", pkgConfig: "libexif", apt: "libexif-dev"),
    library("CPango", pkgConfig: "pangocairo", apt: "libpango1.0-dev"),
]

/// OpenCV behind plain C: no Swift sees a type of C++.
///
/// Its headers lie where no compiler looks by itself.
let openCV: Target = .target(
    name: "COpenCV",
    path: "Sources/CLibraries/COpenCV",
    cxxSettings: [.unsafeFlags(["-isystem", "/usr/include/opencv4", "-O2"])],
    linkerSettings: [
        .linkedLibrary("opencv_dnn"), .linkedLibrary("opencv_imgproc"), .linkedLibrary("opencv_core"),
    ]
)

let common =
    module("MomentsCore", in: "Common")
    + module("MomentsSystem", in: "Common", uses: ["MomentsCore", "CNettle", "CSeccomp", "CLinux"])

let media =
    module("MomentsMedia", in: "Media", uses: ["MomentsCore", "MomentsSystem", "CLibAV", "CEbur128", "CHeif", "CExif"])
    + module(
        "MomentsEncoding",
        in: "Media",
        uses: ["MomentsCore", "MomentsSystem", "MomentsMedia", "CLibAV"]
    )
    + module("MomentsAnalysis", in: "Media", uses: ["MomentsCore"])
    + module("MomentsWords", in: "Media", uses: ["MomentsCore"])
    + module("MomentsTitles", in: "Media", uses: ["MomentsCore", "CPango"])
    + module(
        "MomentsSampling",
        in: "Media",
        uses: ["MomentsCore", "MomentsSystem", "MomentsMedia", "MomentsAnalysis"]
    )
    + module("MomentsSubjects", in: "Media", uses: ["MomentsCore", "MomentsSystem", "MomentsAnalysis", "COpenCV"])
    + module("MomentsSelection", in: "Media", uses: ["MomentsCore", "MomentsAnalysis"])
    + module(
        "MomentsRendering",
        in: "Media",
        uses: [
            "MomentsCore", "MomentsSystem", "MomentsMedia", "MomentsEncoding", "MomentsAnalysis", "MomentsWords",
            "MomentsTitles",
        ]
    )
    + module(
        "MomentsStills",
        in: "Media",
        uses: ["MomentsCore", "MomentsMedia", "MomentsEncoding", "MomentsAnalysis"]
    )
    + module(
        "MomentsStoryboard",
        in: "Media",
        uses: ["MomentsCore", "MomentsMedia", "MomentsEncoding"]
    )
    + module("MomentsExports", in: "Media", uses: ["MomentsCore", "MomentsSystem", "MomentsAnalysis"])
    + module(
        "MomentsPipeline",
        in: "Media",
        uses: [
            "MomentsCore", "MomentsSystem", "MomentsMedia", "MomentsEncoding", "MomentsAnalysis", "MomentsSampling",
            "MomentsSubjects", "MomentsSelection", "MomentsRendering", "MomentsStills", "MomentsExports",
            "MomentsWords", "MomentsTitles", "MomentsStoryboard",
        ]
    )

let service =
    module("MomentsSettings", in: "Service", uses: ["MomentsCore", "MomentsSystem", "CInih"])
    + module("MomentsWatch", in: "Service", uses: ["MomentsCore", "MomentsSystem"])
    + module("MomentsStore", in: "Service", uses: ["MomentsCore", "MomentsSystem"])
    + module("MomentsWorkers", in: "Service", uses: ["MomentsCore", "MomentsSystem"])
    + module("MomentsGallery", in: "Service", uses: ["MomentsCore", "MomentsSystem", "MomentsStore"])
    + module(
        "MomentsSupervisor",
        in: "Service",
        uses: ["MomentsCore", "MomentsSystem", "MomentsSettings", "MomentsWatch", "MomentsStore", "MomentsWorkers"]
    )
    + module("MomentsStatus", in: "Service", uses: ["MomentsCore", "MomentsSystem", "CMicrohttpd"])
    + module("MomentsHooks", in: "Service", uses: ["MomentsCore", "MomentsSystem"])
    + module("MomentsSystemd", in: "Service", uses: ["MomentsCore", "CSystemd"])

/// What `moments bench` computes apart from running anything.
let measuring = module("MomentsBench", in: "Programs", uses: ["MomentsCore"])

let programs: [Target] = [
    program(
        "momentsd",
        uses: [
            "MomentsCore", "MomentsSystem", "MomentsSettings", "MomentsWatch", "MomentsStore", "MomentsWorkers",
            "MomentsGallery", "MomentsSupervisor", "MomentsStatus", "MomentsHooks", "MomentsSystemd",
        ]
    ),
    program("moments-worker", uses: ["MomentsCore", "MomentsSystem", "MomentsMedia", "MomentsPipeline"]),
    program(
        "moments",
        uses: [
            "MomentsCore", "MomentsSystem", "MomentsSettings", "MomentsWatch", "MomentsStore", "MomentsWorkers",
            "MomentsBench", "CZlib",
        ]
    ),
    .target(
        name: "MomentsTestSupport",
        dependencies: ["MomentsCore", "MomentsSystem", "MomentsWatch"],
        path: "Tests/MomentsTestSupport",
        swiftSettings: rules
    ),
    .testTarget(
        name: "ProgramTests",
        dependencies: ["MomentsTestSupport", "MomentsCore", "MomentsSystem", "MomentsStatus"],
        path: "Tests/Programs/ProgramTests",
        swiftSettings: rules
    ),
]

let package = Package(
    name: "momentsd",
    products: [
        .executable(name: "momentsd", targets: ["momentsd"]),
        .executable(name: "moments-worker", targets: ["moments-worker"]),
        .executable(name: "moments", targets: ["moments"]),
    ],
    targets: cLibraries + [openCV] + common + media + service + measuring + programs,
    cxxLanguageStandard: .cxx17
)
