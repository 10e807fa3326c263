# cpc_embed(TARGET DIR FILES...): compiles the files, named relative to DIR, into TARGET as text that
# cpc::embedded_files() lists (src/data/embedded.h).
function(cpc_embed target dir)
  set(generated ${CMAKE_CURRENT_BINARY_DIR}/embedded_files.cpp)
  list(TRANSFORM ARGN PREPEND ${dir}/ OUTPUT_VARIABLE paths)
  list(JOIN ARGN "|" names)
  add_custom_command(OUTPUT ${generated}
    COMMAND ${CMAKE_COMMAND} -DDIR=${dir} "-DNAMES=${names}" -DOUT=${generated}
            -P ${PROJECT_SOURCE_DIR}/cmake/write_embedded.cmake
    DEPENDS ${paths} ${PROJECT_SOURCE_DIR}/cmake/write_embedded.cmake
    COMMENT "Embedding the data files" VERBATIM)
  target_sources(${target} PRIVATE ${generated})
endfunction()
