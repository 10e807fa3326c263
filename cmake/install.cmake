# What `cmake --install` puts where: the header, both libraries, the package config, the .pc file, the command.
include(CMakePackageConfigHelpers)

set(CPC_CMAKE_DIR ${CMAKE_INSTALL_LIBDIR}/cmake/cpconf)
install(TARGETS cpconf cpconf_static EXPORT cpconf-targets
  RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR}
  LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR}
  INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(DIRECTORY include/cpconf DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN "*.h")
install(EXPORT cpconf-targets NAMESPACE cpconf:: DESTINATION ${CPC_CMAKE_DIR})
install(FILES LICENSE README.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES src/data/README.md DESTINATION ${CMAKE_INSTALL_DOCDIR} RENAME rulebooks.md)
if(TARGET cpconf-cli)
  install(TARGETS cpconf-cli RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()

configure_package_config_file(cmake/cpconf-config.cmake.in ${PROJECT_BINARY_DIR}/cpconf-config.cmake
  INSTALL_DESTINATION ${CPC_CMAKE_DIR})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/cpconf-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/cpconf-config.cmake ${PROJECT_BINARY_DIR}/cpconf-config-version.cmake
  DESTINATION ${CPC_CMAKE_DIR})

# Paths below the prefix are written relative to the file, so that an installed tree can be moved.
file(RELATIVE_PATH CPC_PREFIX_FROM_PC /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
configure_file(cmake/cpconf.pc.in ${PROJECT_BINARY_DIR}/cpconf.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/cpconf.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
